"""A consistent copy of an installation's data in one file, for either database, and the way back."""
