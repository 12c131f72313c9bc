"""What each event costs in each week, on the best day of the week: the board that is searched."""

from collections.abc import Iterable, Iterator
from datetime import date

from events_app.planning.year_plan.board import Board, Chain, Column, Option
from events_app.planning.year_plan.day_costs import DayCosts
from events_app.planning.year_plan.facts import CONFERENCE, MEETING, PlannedDate, Sort
from events_app.planning.year_plan.weeks import Weeks, monday_of
from events_app.planning.year_plan.wishes import Programme


def board_of(programme: Programme, weeks: Weeks, costs: DayCosts) -> Board:
    """Return the board: every week that is usable or holds a pin, in order."""
    meetings, conferences = _sorts(programme, MEETING), _sorts(programme, CONFERENCE)
    joint = programme.facts.joint
    return Board(
        columns=tuple(_columns(programme, weeks, costs)),
        chains=(_chain(programme, weeks, meetings[0]), _chain(programme, weeks, meetings[1])),
        rules=programme.rules.chain,
        has_joint=_is_free(programme, joint),
        has_conference=(_is_free(programme, conferences[0]), _is_free(programme, conferences[1])),
    )


def ideal_gap(programme: Programme, weeks: Weeks, group_key: str) -> int:
    """Return how many weeks apart the meetings of a group stand best; half is rounded to even."""
    return round(weeks.count / (programme.quota[group_key] + 1))


def chain_sorts(programme: Programme, group_key: str) -> tuple[Sort, Sort]:
    """Return the sorts of event that make up the chain of a group."""
    return programme.facts.joint, Sort(MEETING, (group_key,))


def best_option(programme: Programme, costs: DayCosts, sort: Sort, days: Iterable[date]) -> Option | None:
    """Return the cheapest of some days for an event, the earliest on a tie; None if all are forbidden."""
    host = programme.host(sort)
    dates = [one for day in days if not costs.is_forbidden(one := PlannedDate(sort, day, host=host))]
    return min((_option(programme, costs, one) for one in dates), key=lambda it: (it.cost, it.day), default=None)


def _option(programme: Programme, costs: DayCosts, one: PlannedDate) -> Option:
    is_kept = any((it.sort, it.first) == (one.sort, one.first) for it in programme.announced)
    return Option(one.first, costs.cost(one) - programme.moving_cost * is_kept)


def _columns(programme: Programme, weeks: Weeks, costs: DayCosts) -> Iterator[Column]:
    taken = {monday_of(day) for pin in programme.pins for day in pin.days}
    for monday in sorted({*weeks.mondays, *taken}):
        pins = [pin for pin in programme.pins if monday_of(pin.first) == monday]
        if monday in taken:
            yield Column(weeks.number(monday), stops=_stops(programme, pins))
        else:
            yield _open_column(programme, costs, weeks.number(monday), weeks.days[monday])


def _open_column(programme: Programme, costs: DayCosts, number: int, days: tuple[date, ...]) -> Column:
    def option(sort: Sort | None) -> Option | None:
        return best_option(programme, costs, sort, days) if sort and _is_free(programme, sort) else None

    meetings, conferences = _sorts(programme, MEETING), _sorts(programme, CONFERENCE)
    return Column(
        number,
        option(programme.facts.joint),
        (option(meetings[0]), option(meetings[1])),
        (option(conferences[0]), option(conferences[1])),
    )


def _stops(programme: Programme, pins: list[PlannedDate]) -> tuple[int, int]:
    keys = (*programme.facts.group_keys, None)
    counts = [sum(pin.sort in chain_sorts(programme, key) for pin in pins) if key else 0 for key in keys[:2]]
    return counts[0], counts[1]


def _sorts(programme: Programme, kind: str) -> tuple[Sort | None, Sort | None]:
    """Return the sorts of a kind, by chain; None for a group that does not exist in the year."""
    keys = (*programme.facts.group_keys, None)
    first, second = (Sort(kind, (key,)) if key else None for key in keys[:2])
    return first, second


def _chain(programme: Programme, weeks: Weeks, sort: Sort | None) -> Chain:
    return Chain(programme.free.get(sort, 0), ideal_gap(programme, weeks, sort.groups[0])) if sort else Chain(0, 0)


def _is_free(programme: Programme, sort: Sort | None) -> bool:
    return sort is not None and programme.free.get(sort, 0) > 0
