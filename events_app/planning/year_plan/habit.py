"""What habit would choose: last year's dates again, or every group's first Friday of every second month."""

from dataclasses import replace
from datetime import date

from events_app.dates.spans import Span, month_span, weeks_in_year
from events_app.planning.year_plan.costing import Costing, cost_of_dates
from events_app.planning.year_plan.facts import CONFERENCE, JOINT_MEETING, MEETING, PlanFacts, PlannedDate, Sort
from events_app.planning.year_plan.result import YearPlan
from events_app.planning.year_plan.weeks import Weeks
from events_app.planning.year_plan.wishes import Wishes, programme_of

MONDAY, FRIDAY = 0, 4


def habit(facts: PlanFacts, wishes: Wishes | None = None) -> YearPlan:
    """Return last year's dates moved to this year, costed by the same rules; without any, the usual Fridays."""
    wishes = wishes or Wishes()
    return cost_of_dates(facts, last_years_dates(facts) or usual_fridays(facts, wishes), wishes)


def last_years_dates(facts: PlanFacts) -> tuple[PlannedDate, ...]:
    """Return last year's Partner events on the same weekday of the same ISO week of this year."""
    dates = (_moved(one, facts) for one in facts.earlier if set(one.sort.groups) <= set(facts.group_keys))
    return tuple(one for one in dates if one.first.year == facts.year)


def usual_fridays(facts: PlanFacts, wishes: Wishes) -> tuple[PlannedDate, ...]:
    """Return the first usable Friday of every second month for each group, the last one of a month for both together.

    Conferences begin on the first usable Monday of their windows.
    """
    programme = programme_of(facts, replace(wishes, pins=()))
    weeks, rules = Costing(programme).weeks, programme.rules
    dates: list[PlannedDate] = []
    for key in facts.group_keys:
        fridays = (_usable(weeks, FRIDAY, month_span(facts.year, month))[:1] for month in rules.habits[key])
        dates += [PlannedDate(Sort(MEETING, (key,)), day) for found in fridays for day in found]
        mondays = _usable(weeks, MONDAY, programme.windows[key])[:1]
        dates += [PlannedDate(Sort(CONFERENCE, (key,)), day, host=wishes.hosts.get(key)) for day in mondays]
    if facts.has_joint:
        fridays_together = _usable(weeks, FRIDAY, month_span(facts.year, rules.joint_habit))[-1:]
        dates += [PlannedDate(facts.joint, day) for day in fridays_together]
    return tuple(dates)


def _usable(weeks: Weeks, weekday: int, span: Span) -> list[date]:
    days = (day for monday in weeks.mondays for day in weeks.days[monday])
    return [day for day in days if day.weekday() == weekday and span[0] <= day <= span[1]]


def _moved(one: PlannedDate, facts: PlanFacts) -> PlannedDate:
    year, week, weekday = one.first.isocalendar()
    year += facts.year - one.first.year
    first = date.fromisocalendar(year, min(week, weeks_in_year(year)), weekday)
    sort = facts.joint if one.sort.kind == JOINT_MEETING else one.sort
    return replace(one, sort=sort, first=first, last_day=first + (one.last - one.first))
