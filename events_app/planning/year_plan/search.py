"""The exact search: for each week of the joint meeting, forward over the weeks, pruned by what each chain costs alone.

A state is how far both chains are and which conferences are left. The chains and the conferences meet only in that no
two of them may use one week, so what each of them costs alone is a lower bound of the rest. What is proved to be dearer
than the best plan known is dropped; what is as cheap is kept, for the earlier dates win.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from events_app.planning.year_plan.board import CONFERENCE, JOINT, MEETING, Board, Placement, Solution, is_crowded
from events_app.planning.year_plan.lines import Line, State, Table

WIDTH = 200  # states a week that the first, rough pass keeps
ANYTHING = 10**12

# What is placed, in the order that decides between equal dates.
RANKS = ((JOINT, 0), (MEETING, 0), (CONFERENCE, 0), (MEETING, 1), (CONFERENCE, 1))

Key = tuple[State, State, int]
Value = tuple[int, tuple[tuple[date, int], ...]]  # the cost, and day by day what is placed
Step = tuple[Key, int, date | None, int]


class Pass(NamedTuple):
    """One week of the joint meeting (-1: none is sought): what all, and each chain alone, cost at least with it."""

    least: int
    week: int
    chains: tuple[int, int]


def cheapest(board: Board) -> Solution | None:
    """Return the cheapest placements, of several the ones with the earlier dates; None if there are none."""
    if is_crowded(board):
        return None
    search = Search(board)
    passes = sorted(search.passes())
    best = next(filter(None, (search.walk(one, ANYTHING, WIDTH) for one in passes)), None)
    for one in passes:
        most = best[0] if best else ANYTHING
        if one.least <= most:
            best = min(filter(None, (best, search.walk(one, most))), default=None)
    if best is None:
        return None
    return Solution(best[0], best[0], tuple(Placement(*RANKS[rank], day) for day, rank in best[1]))


def any_plan(board: Board) -> bool:
    """Tell whether there is any choice of placements at all."""
    if is_crowded(board):
        return False
    search = Search(board)
    passes = sorted(search.passes())
    return any(search.walk(one, ANYTHING, width) for width in (WIDTH, 0) for one in passes)


class Search:
    """The two chains and the conferences of one board."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._lines = (Line(board, 0), Line(board, 1))
        self._sought = sum(1 << chain for chain in (0, 1) if board.has_conference[chain])
        self._conferences = _conferences_to_go(board, self._sought)

    def passes(self) -> Iterator[Pass]:
        """Yield the weeks in which the joint meeting may stand, each with what a plan costs at least."""
        conferences = self._conferences[0].get(self._sought)
        if conferences is None:
            return
        if not self._board.has_joint:
            yield from self._pass(-1, conferences, [line.to_go[0].get(line.start) for line in self._lines])
        for week, column in enumerate(self._board.columns):
            if self._board.has_joint and column.joint:
                chains = [line.least_through(week) for line in self._lines]
                yield from self._pass(week, column.joint.cost + conferences, chains)

    def walk(self, one: Pass, most: int, width: int = 0) -> Value | None:
        """Return the best plan of a pass that costs no more than `most`; a `width` makes it rough."""
        chains = self._tables(one, most)
        # The joint meeting is paid for at the start: what is left to go does not know its cost, which may be negative.
        joint = self._board.columns[one.week].joint if one.week >= 0 else None
        start = self._lines[0].start, self._lines[1].start, self._sought
        states: dict[Key, Value] = {start: (joint.cost if joint else 0, ())}
        for week in range(len(self._board.columns)):
            steps = self._joint_steps if week == one.week else self._steps
            ahead = chains[0][week + 1], chains[1][week + 1], self._conferences[week + 1]
            found: dict[Key, Value] = {}
            rests: dict[Key, int] = {}
            for key, value in states.items():
                for after, cost, day, rank in steps(week, key):
                    rest = _rest(after, ahead)
                    if rest is None or value[0] + cost + rest > most:
                        continue
                    new = _with(value, cost, day, rank)
                    if after not in found or new < found[after]:
                        found[after], rests[after] = new, new[0] + rest
            states = found
            if width and len(found) > width:
                states = {key: found[key] for key in sorted(found, key=rests.__getitem__)[:width]}
        return min(states.values(), default=None)

    def _tables(self, one: Pass, most: int) -> list[list[Table]]:
        if one.week < 0:
            return [line.to_go for line in self._lines]
        spare = most - one.least
        return [line.to_go_through(one.week, own + spare) for line, own in zip(self._lines, one.chains, strict=True)]

    def _steps(self, week: int, key: Key) -> list[Step]:
        first, second, left = key
        moves = self._lines[0].move(week, first), self._lines[1].move(week, second)
        passed = moves[0].passed, moves[1].passed
        cost = moves[0].pass_cost + moves[1].pass_cost
        steps: list[Step] = [((*passed, left), cost, None, 0)]
        column = self._board.columns[week]
        if moves[0].placed and column.meetings[0]:
            steps.append(((moves[0].placed, passed[1], left), moves[0].place_cost, column.meetings[0].day, 1))
        if moves[1].placed and column.meetings[1]:
            steps.append(((passed[0], moves[1].placed, left), moves[1].place_cost, column.meetings[1].day, 3))
        for chain, option in enumerate(column.conferences):
            if option and left & 1 << chain:
                steps.append(((*passed, left ^ 1 << chain), option.cost, option.day, 2 + 2 * chain))
        return steps

    def _joint_steps(self, week: int, key: Key) -> list[Step]:
        option = self._board.columns[week].joint
        one, other = self._lines[0].joined(week, key[0]), self._lines[1].joined(week, key[1])
        if option is None or one is None or other is None:
            return []
        return [((one[0], other[0], key[2]), one[1] + other[1], option.day, 0)]

    def _pass(self, week: int, rest: int, chains: list[int | None]) -> Iterator[Pass]:
        if chains[0] is not None and chains[1] is not None:
            yield Pass(chains[0] + chains[1] + rest, week, (chains[0], chains[1]))


def _rest(key: Key, ahead: tuple[Table, Table, dict[int, int]]) -> int | None:
    first, second, conferences = ahead[0].get(key[0]), ahead[1].get(key[1]), ahead[2].get(key[2])
    return None if first is None or second is None or conferences is None else first + second + conferences


def _with(value: Value, cost: int, day: date | None, rank: int) -> Value:
    return value[0] + cost, value[1] if day is None else (*value[1], (day, rank))


def _conferences_to_go(board: Board, sought: int) -> list[dict[int, int]]:
    """Return, for every week, what the conferences that are left cost at least."""
    tables: list[dict[int, int]] = [{0: 0}]
    for column in reversed(board.columns):
        following = tables[-1]
        table = dict(following)
        for left in range(1, sought + 1):
            for chain, option in enumerate(column.conferences):
                rest = following.get(left ^ 1 << chain)
                if option and left & 1 << chain and rest is not None:
                    table[left] = min(table.get(left, ANYTHING), option.cost + rest)
        tables.append(table)
    return tables[::-1]
