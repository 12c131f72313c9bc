"""Pure questions about events: what may be entered, how they live, who sits at the table, what counts."""
