"""What the online hours of a year ask of each State."""

from flask import Blueprint, abort, render_template

from events_app.dates.errors import SpanError
from events_app.dates.spans import year_of
from events_app.web.access import SIGNED_IN, open_to
from events_app.web.hours.sheet import burdens_of

hours = Blueprint("hours", __name__)


@hours.get("/fair-hours/<text>")
@open_to(SIGNED_IN)
def year(text: str) -> str:
    """Show the burden of each State in a year."""
    try:
        shown = year_of(text)
    except SpanError:
        abort(404, description="unknown-year")
    return render_template("hours/year.html", year=shown, burdens=burdens_of(shown))
