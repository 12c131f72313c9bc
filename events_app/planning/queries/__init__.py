"""Reading of planning."""
