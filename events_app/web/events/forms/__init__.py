"""The forms of an event: its details, what its host edits, the steps of its life."""
