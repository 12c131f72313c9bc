"""The chains of a plan that has its dates: gaps, and a first member that is late."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from events_app.planning.year_plan.facts import PlannedDate
from events_app.planning.year_plan.lines import first_cost, gap_cost
from events_app.planning.year_plan.result import Spacing
from events_app.planning.year_plan.week_costs import chain_sorts, ideal_gap
from events_app.planning.year_plan.weeks import Weeks
from events_app.planning.year_plan.wishes import Programme


def spacing_of(programme: Programme, weeks: Weeks, dates: Iterable[PlannedDate]) -> tuple[Spacing, ...]:
    """Return the gaps of every group's chain."""
    dates = list(dates)
    return tuple(_spacing(programme, weeks, key, dates) for key in programme.facts.group_keys)


def late_firsts(programme: Programme, weeks: Weeks, dates: Iterable[PlannedDate]) -> Iterator[PlannedDate]:
    """Yield the date with which a chain begins too late, once for every such chain."""
    dates = list(dates)
    for key in programme.facts.group_keys:
        first = next(iter(_chain(programme, key, dates)), None)
        if first and first_cost(programme.rules.chain, weeks.number(first.first), is_pinned=True):
            yield first


def _spacing(programme: Programme, weeks: Weeks, key: str, dates: list[PlannedDate]) -> Spacing:
    numbers = [weeks.number(one.first) for one in _chain(programme, key, dates)]
    gaps = tuple(after - before for before, after in pairwise(numbers))
    ideal = ideal_gap(programme, weeks, key)
    return Spacing(key, gaps, ideal, sum(gap_cost(programme.rules.chain, gap, ideal) for gap in gaps))


def _chain(programme: Programme, key: str, dates: list[PlannedDate]) -> list[PlannedDate]:
    members = [one for one in dates if one.sort in chain_sorts(programme, key)]
    return sorted(members, key=lambda one: one.first)
