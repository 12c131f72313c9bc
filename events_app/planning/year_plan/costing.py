"""What dates cost by the rules of the plan, whoever chose them: every event with what it meets."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from events_app.planning.year_plan.day_costs import Conflict, DayCosts
from events_app.planning.year_plan.facts import PlanFacts, PlannedDate
from events_app.planning.year_plan.result import Alternative, MovedDate, PlannedEvent, YearPlan
from events_app.planning.year_plan.spacing import late_firsts, spacing_of
from events_app.planning.year_plan.weeks import monday_of, usable_weeks
from events_app.planning.year_plan.wishes import Programme, Wishes, programme_of

SAME_WEEK, LATE_FIRST = "same-week", "late-first"
ALTERNATIVES = 3


class Costing:
    """The usable weeks and the costs of days under one programme."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.weeks = usable_weeks(programme.facts.year, programme.council, programme.bans)
        self.days = DayCosts(programme)


def cost_of_dates(facts: PlanFacts, dates: Iterable[PlannedDate], wishes: Wishes | None = None) -> YearPlan:
    """Return what dates cost that somebody chose, under the same rules; nothing is added to them."""
    programme = programme_of(facts, replace(wishes or Wishes(), pins=()))
    programme = replace(programme, pins=tuple(dates), free={}, announced=())
    return plan_with(Costing(programme), programme.pins, bound=0, is_proved=False, seconds=0.0)


def plan_with(
    costing: Costing, dates: Iterable[PlannedDate], *, bound: int, is_proved: bool, seconds: float
) -> YearPlan:
    """Return the plan of these dates: the pinned ones of the programme, and those that were found."""
    programme, weeks = costing.programme, costing.weeks
    dates = sorted(dates, key=lambda one: (one.first, programme.facts.rank(one.sort)))
    return YearPlan(
        year=programme.facts.year,
        weeks=weeks.count,
        bound=bound,
        is_proved=is_proved,
        seconds=seconds,
        events=tuple(_event(costing, one, dates) for one in dates),
        spacing=spacing_of(programme, weeks, dates),
        moved=_moved(programme, dates),
    )


def pinned_costs(costing: Costing) -> int:
    """Return what the pinned dates cost whatever else is chosen, without the place that they have in a chain."""
    pins = costing.programme.pins
    return sum(one.weight for pin in pins for one in (*costing.days.conflicts(pin), *_against(costing, pin, pins)))


def _event(costing: Costing, one: PlannedDate, dates: list[PlannedDate]) -> PlannedEvent:
    programme, is_pinned = costing.programme, one in costing.programme.pins
    conflicts = costing.days.conflicts(one)
    if is_pinned:
        conflicts += (*_against(costing, one, dates), *_late(costing, one, dates))
    return PlannedEvent(
        kind=one.sort.kind,
        groups=one.sort.groups,
        starts_on=one.first,
        ends_on=one.last,
        chairs=programme.facts.chairs(one.sort),
        host=one.host or programme.host(one.sort),
        is_pinned=is_pinned,
        conflicts=conflicts,
        alternatives=_alternatives(costing, one),
    )


def _against(costing: Costing, pin: PlannedDate, dates: Iterable[PlannedDate]) -> tuple[Conflict, ...]:
    """Return what would forbid a pinned date in itself, another Partner event of its weeks included."""
    weeks = _mondays(pin)
    is_shared = any(other is not pin and weeks & _mondays(other) for other in dates)
    return costing.days.forbidding(pin) + (_forbidden(costing, SAME_WEEK, pin.first),) * is_shared


def _late(costing: Costing, pin: PlannedDate, dates: list[PlannedDate]) -> tuple[Conflict, ...]:
    late = (first for first in late_firsts(costing.programme, costing.weeks, dates) if first is pin)
    return tuple(_forbidden(costing, LATE_FIRST, first.first) for first in late)


def _forbidden(costing: Costing, what: str, day: date) -> Conflict:
    return Conflict(what, None, None, day, costing.programme.rules.weights["forbidden"])


def _alternatives(costing: Costing, one: PlannedDate) -> tuple[Alternative, ...]:
    length = one.last - one.first
    others = (replace(one, first=day, last_day=day + length) for day in costing.weeks.around(one.first))
    allowed = [other for other in others if other.first != one.first and not costing.days.is_forbidden(other)]
    found = [Alternative(it.first, it.last, costing.days.conflicts(it)) for it in allowed]
    return tuple(sorted(found, key=lambda it: (it.cost, it.starts_on))[:ALTERNATIVES])


def _moved(programme: Programme, dates: list[PlannedDate]) -> tuple[MovedDate, ...]:
    kept = {(one.sort, one.first) for one in dates}
    gone = [one for one in programme.announced if (one.sort, one.first) not in kept]
    return tuple(MovedDate(it.sort.kind, it.sort.groups, it.first, programme.moving_cost) for it in gone)


def _mondays(one: PlannedDate) -> set[date]:
    return {monday_of(day) for day in one.days}
