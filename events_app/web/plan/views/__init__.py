"""The pages of the year plan."""

from flask import Blueprint, abort

from events_app.planning.errors import PlanYearError
from events_app.planning.year_plan import checked_plan_year
from events_app.web.years import year_or_404

plan = Blueprint("plan", __name__, url_prefix="/plan")


def plan_year_or_404(text: str) -> int:
    """Return a year that can be planned."""
    try:
        return checked_plan_year(year_or_404(text))
    except PlanYearError:
        abort(404, description="unplanned-year")


from events_app.web.plan.views import adopting, board, versions  # noqa: E402, F401  (they add routes)
