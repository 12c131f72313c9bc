"""Time zones, wall time, spans, working days and holidays: pure, no tables."""
