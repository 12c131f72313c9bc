"""Partnership Calendar: plans, publishes and remembers the OSCE's meetings with its Partners for Co-operation."""
