"""Writing of planning: shadows, holidays, plans, consultations."""
