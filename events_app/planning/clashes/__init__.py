"""Clashes: what stands in the way of an event, by name; never silent, and never forbidden."""
