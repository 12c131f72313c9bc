"""Finding dates: what other bodies plan, kept apart from our own events."""
