"""Years in addresses."""

from flask import abort

from events_app.dates.errors import SpanError
from events_app.dates.spans import year_of


def year_or_404(text: str) -> int:
    """Return a year of the calendar out of an address; a page that is not found for any other text."""
    try:
        return year_of(text)
    except SpanError:
        abort(404, description="unknown-year")
