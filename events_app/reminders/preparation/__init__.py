"""Preparing an event: steps counted in Austrian working days from its date, and what is done of them."""
