"""Partnership Calendar: plans, publishes and remembers the OSCE's meetings with its Partners for Co-operation."""

import gc

# Modules, tables and templates are many and never garbage: looking for some every 700 objects is a third of the start.
gc.set_threshold(10_000, 20, 50)
