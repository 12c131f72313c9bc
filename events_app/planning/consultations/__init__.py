"""Date consultations: polls on several dates, and no-objection procedures on one proposal."""
