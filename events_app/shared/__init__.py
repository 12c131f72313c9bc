"""What every part may lean on: the clock, the database base class, the root of domain errors."""
