"""The year plan on the site: what is wished for, the board of the year, adopting it, its versions."""
