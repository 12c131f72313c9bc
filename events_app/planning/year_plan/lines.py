"""One chain of meetings by itself: how it moves from week to week, and what the rest of it costs at least."""

from typing import NamedTuple

from events_app.planning.year_plan.board import Board, ChainRules

Table = dict["State", int]


class State(NamedTuple):
    """How far a chain is: the week of its last member (-1: none yet), whether that is pinned, and what is left."""

    last: int
    is_pinned: bool
    left: int


class Move(NamedTuple):
    """What a chain can do in a week: pass it (or the stops that are pinned there), or place a meeting."""

    passed: State
    pass_cost: int
    placed: State | None
    place_cost: int


class Line:
    """A chain with its moves in every week, forward costs and costs to go.

    `reached[t]` holds what the states before week t cost at least while the joint meeting is not placed,
    `to_go[t]` what the rest costs at least once it is (or none is sought).
    """

    def __init__(self, board: Board, chain: int) -> None:
        self._board, self._chain = board, chain
        self._moves: list[dict[State, Move]] = [{} for _ in board.columns]
        self.start = State(-1, False, board.chains[chain].free)
        self.reached = self._reached()
        self.to_go = self._to_go()

    def move(self, week: int, state: State) -> Move:
        """Return what a state can do in a week."""
        known = self._moves[week]
        if state not in known:
            known[state] = self._move(week, state)
        return known[state]

    def joined(self, week: int, state: State) -> tuple[State, int] | None:
        """Return the state after a joint meeting in a week, and what the gap before it costs; None: not allowed."""
        number = self._board.columns[week].number
        cost = self._step(state, number, is_pinned=False)
        return None if cost is None else (State(number, False, state.left), cost)

    def to_go_through(self, joint_week: int, most: int) -> list[Table]:
        """Return, for every week, what the rest costs if the joint meeting stands in a week; without what exceeds."""
        tables: list[Table] = [{} for _ in range(joint_week)] + [{}, *self.to_go[joint_week + 1 :]]
        for state in self.reached[joint_week]:
            after = self.joined(joint_week, state)
            rest = self.to_go[joint_week + 1].get(after[0]) if after else None
            if after and rest is not None and self.reached[joint_week][state] + after[1] + rest <= most:
                tables[joint_week][state] = after[1] + rest
        for week in range(joint_week - 1, -1, -1):
            tables[week] = self._week_to_go(week, self.reached[week], tables[week + 1], most)
        return tables

    def least_through(self, joint_week: int) -> int | None:
        """Return what the chain costs at least with the joint meeting in a week; None: it cannot stand there."""
        found = []
        for state, cost in self.reached[joint_week].items():
            after = self.joined(joint_week, state)
            if after and after[0] in self.to_go[joint_week + 1]:
                found.append(cost + after[1] + self.to_go[joint_week + 1][after[0]])
        return min(found, default=None)

    def _week_to_go(self, week: int, states: Table, following: Table, most: int) -> Table:
        table: Table = {}
        for state, cost in states.items():
            rest = self._least(self.move(week, state), following)
            if rest is not None and cost + rest <= most:
                table[state] = rest
        return table

    def _least(self, move: Move, following: Table) -> int | None:
        passed = following.get(move.passed)
        placed = following.get(move.placed) if move.placed else None
        if placed is None:
            return None if passed is None else move.pass_cost + passed
        placed += move.place_cost
        return placed if passed is None or placed < move.pass_cost + passed else move.pass_cost + passed

    def _reached(self) -> list[Table]:
        tables: list[Table] = [{self.start: 0}]
        for week in range(len(self._board.columns)):
            tables.append(self._after(week, tables[week]))
        return tables

    def _after(self, week: int, before: Table) -> Table:
        table: Table = {}
        for state, cost in before.items():
            move = self.move(week, state)
            _lower(table, move.passed, cost + move.pass_cost)
            if move.placed:
                _lower(table, move.placed, cost + move.place_cost)
        return table

    def _to_go(self) -> list[Table]:
        """Walk forward over what can be reached once the joint meeting is placed, and back with what it costs."""
        weeks = range(len(self._board.columns))
        tables: list[Table] = [{} if self._board.has_joint else {self.start: 0}]
        for week in weeks:
            table = self._after(week, tables[week])
            if self._board.has_joint and self._board.columns[week].joint:
                for state in self.reached[week]:
                    if after := self.joined(week, state):
                        table.setdefault(after[0], 0)
            tables.append(table)
        rest: list[Table] = [{state: 0 for state in tables[-1] if not state.left}]
        for week in reversed(weeks):
            rest.append({s: c for s in tables[week] if (c := self._least(self.move(week, s), rest[-1])) is not None})
        return rest[::-1]

    def _move(self, week: int, state: State) -> Move:
        column = self._board.columns[week]
        if stops := column.stops[self._chain]:
            return self._stopped(state, column.number, stops)
        option = column.meetings[self._chain]
        cost = self._step(state, column.number, is_pinned=False) if option and state.left else None
        if option is None or cost is None:
            return Move(state, 0, None, 0)
        return Move(state, 0, State(column.number, False, state.left - 1), cost + option.cost)

    def _stopped(self, state: State, number: int, stops: int) -> Move:
        total = 0
        for _ in range(stops):
            total += self._step(state, number, is_pinned=True) or 0
            state = State(number, True, state.left)
        return Move(state, total, None, 0)

    def _step(self, state: State, number: int, *, is_pinned: bool) -> int | None:
        rules, is_free = self._board.rules, not (is_pinned or state.is_pinned)
        if state.last < 0:
            return first_cost(rules, number, is_pinned=is_pinned)
        gap = number - state.last
        if is_free and not rules.least <= gap <= rules.most:
            return None
        return gap_cost(rules, gap, self._board.chains[self._chain].ideal)


def first_cost(rules: ChainRules, number: int, *, is_pinned: bool) -> int | None:
    """Return what it costs that a chain begins in a week: nothing unless it is late, which only a pin may be."""
    if number <= rules.first_by:
        return 0
    return rules.late_first if is_pinned else None


def gap_cost(rules: ChainRules, gap: int, ideal: int) -> int:
    """Return what a gap of so many weeks costs."""
    return rules.gap * (gap - ideal) ** 2


def _lower(table: Table, state: State, cost: int) -> None:
    if table.get(state, cost + 1) > cost:
        table[state] = cost
