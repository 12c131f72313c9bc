"""What the online hours of a year ask of each State."""

from flask import Blueprint, render_template

from events_app.web.access import SIGNED_IN, open_to
from events_app.web.hours.sheet import burdens_of
from events_app.web.years import year_or_404

hours = Blueprint("hours", __name__)


@hours.get("/fair-hours/<text>")
@open_to(SIGNED_IN)
def year(text: str) -> str:
    """Show the burden of each State in a year."""
    shown = year_or_404(text)
    return render_template("hours/year.html", year=shown, burdens=burdens_of(shown))
