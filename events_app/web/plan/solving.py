"""From wishes to a plan: solved anew each time, so that looking stores nothing."""

from dataclasses import dataclass
from datetime import date

from events_app.extensions import db
from events_app.planning.plan_adoption import Placement, placements
from events_app.planning.queries.plans import YearCalendar, year_calendar
from events_app.planning.year_plan import Wishes, YearPlan, habit, plan_year
from events_app.planning.year_plan.weights import plan_rules
from events_app.rights.models import Action
from events_app.web.access import allowed, settings
from events_app.web.plan.wishes import Asked, wishes_for


@dataclass(frozen=True)
class Solved:
    """A plan with what it was made from, and what adopting it would do."""

    asked: Asked
    calendar: YearCalendar
    wishes: Wishes
    plan: YearPlan
    placed: list[Placement]

    def habit(self) -> YearPlan:
        """Return what last year's habit would cost under the same rules."""
        return habit(self.calendar.facts, self.wishes)


def calendar_of(year: int) -> YearCalendar:
    """Return the calendar of a year as far as the reader may see it; raises PlanYearError."""
    return year_calendar(db.session(), year, lambda event: allowed(Action.SEE, event))


def solved(asked: Asked, calendar: YearCalendar) -> Solved:
    """Return the plan that keeps the wishes; raises what is wrong with them, and NoPlanError."""
    wishes = wishes_for(asked, calendar, settings().plan_moving_cost, usual_windows(calendar))
    plan = plan_year(calendar.facts, wishes)
    return Solved(asked, calendar, wishes, plan, placements(plan, calendar.dates))


def usual_windows(calendar: YearCalendar) -> dict[str, tuple[date, date]]:
    """Return when the conferences of the groups usually begin."""
    facts = calendar.facts
    return {key: plan_rules().window(key, facts.year) for key in facts.group_keys}
