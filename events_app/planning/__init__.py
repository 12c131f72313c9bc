"""Finding dates: the holiday lens, clashes, the year plan, date consultations."""
