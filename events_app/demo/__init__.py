"""The demonstration: real facts, invented people, and a programme around today that never ages."""
