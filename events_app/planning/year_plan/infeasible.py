"""Why there is no plan: which one rule, dropped, would allow one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from events_app.planning.errors import Relaxation
from events_app.planning.year_plan.board import Board, Chain
from events_app.planning.year_plan.day_costs import DayCosts
from events_app.planning.year_plan.facts import MEETING, Sort
from events_app.planning.year_plan.search import any_plan
from events_app.planning.year_plan.week_costs import board_of
from events_app.planning.year_plan.weeks import usable_weeks
from events_app.planning.year_plan.wishes import Programme

BANS, WINDOW, HOST, QUOTA, PINS = "bans", "window", "host", "quota", "pins"
FIRST_BY, LEAST_GAP, MOST_GAP = "first-by", "least-gap", "most-gap"
NO_LIMIT = 10**6


def relaxations(programme: Programme, board: Board) -> tuple[Relaxation, ...]:
    """Return the rules of which each alone, dropped or lowered as far as needed, allows a plan; none if none does."""
    found = [what for what, relaxed in _dropped(programme) if any_plan(_board(relaxed))]
    found += [what for what, relaxed in _loosened(board) if any_plan(relaxed)]
    for key in programme.facts.group_keys:
        found += _lowered(programme, board, key)
    return tuple(found or _lowered(programme, board, *programme.facts.group_keys))


def _dropped(programme: Programme) -> Iterator[tuple[Relaxation, Programme]]:
    if programme.bans:
        yield Relaxation(BANS), replace(programme, bans=frozenset())
    year = date(programme.facts.year, 1, 1), date(programme.facts.year, 12, 31)
    for key in programme.facts.group_keys:
        yield Relaxation(WINDOW, key), replace(programme, windows={**programme.windows, key: year})
    for key in programme.hosts:
        hosts = {other: code for other, code in programme.hosts.items() if other != key}
        yield Relaxation(HOST, key), replace(programme, hosts=hosts)
    if programme.pins:
        yield Relaxation(PINS), _without_pins(programme)


def _without_pins(programme: Programme) -> Programme:
    free = dict(programme.free)
    for pin in programme.pins:
        free[pin.sort] += 1
    return replace(programme, pins=(), free=free)


def _board(programme: Programme) -> Board:
    weeks = usable_weeks(programme.facts.year, programme.council, programme.bans)
    return board_of(programme, weeks, DayCosts(programme))


def _loosened(board: Board) -> Iterator[tuple[Relaxation, Board]]:
    rules = board.rules
    yield Relaxation(FIRST_BY), replace(board, rules=replace(rules, first_by=NO_LIMIT))
    yield Relaxation(LEAST_GAP), replace(board, rules=replace(rules, least=1))
    yield Relaxation(MOST_GAP), replace(board, rules=replace(rules, most=NO_LIMIT))


def _lowered(programme: Programme, board: Board, *keys: str) -> list[Relaxation]:
    """Return the largest quota, the same for all of some groups, that would allow a plan, if any does."""
    pinned = {key: programme.quota[key] - programme.free[Sort(MEETING, (key,))] for key in keys}
    most = max(programme.quota[key] for key in keys) - 1

    def is_possible(quota: int) -> bool:
        left = {key: min(programme.quota[key], quota) - pinned[key] for key in keys}
        return any_plan(_with_free(board, programme.facts.group_keys, left))

    quota = _largest(max(pinned.values()), most, is_possible)
    return [] if quota is None else [Relaxation(QUOTA, keys[0] if len(keys) == 1 else None, quota)]


def _with_free(board: Board, group_keys: tuple[str, ...], left: dict[str, int]) -> Board:
    chains: list[Chain] = list(board.chains)
    for number, key in enumerate(group_keys):
        chains[number] = replace(chains[number], free=left.get(key, chains[number].free))
    return replace(board, chains=(chains[0], chains[1]))


def _largest(least: int, most: int, is_possible: Callable[[int], bool]) -> int | None:
    """Return the largest number that is possible, where every smaller one is too; None if `least` is not."""
    if most < least or not is_possible(least):
        return None
    low, high = least, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if is_possible(middle) else (low, middle - 1)
    return low
