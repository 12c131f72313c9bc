"""The board of the search: the weeks of a year, what each event costs in them, and what is sought. Numbers only."""

from dataclasses import dataclass
from datetime import date

JOINT, MEETING, CONFERENCE = "joint", "meeting", "conference"


@dataclass(frozen=True)
class Option:
    """The best date of an event in a week, and what it costs."""

    day: date
    cost: int


@dataclass(frozen=True)
class Column:
    """One ISO week: its number among the usable weeks, and what may be placed in it (None: not in this week).

    Where events are pinned nothing may be placed; `stops` says how many pinned members of each chain stand there.
    """

    number: int
    joint: Option | None = None
    meetings: tuple[Option | None, Option | None] = (None, None)
    conferences: tuple[Option | None, Option | None] = (None, None)
    stops: tuple[int, int] = (0, 0)

    @property
    def is_open(self) -> bool:
        """Whether anything may be placed here."""
        return any((self.joint, *self.meetings, *self.conferences))


@dataclass(frozen=True)
class Chain:
    """The chain of one group: how many meetings are to be placed, and the ideal gap in weeks."""

    free: int
    ideal: int


@dataclass(frozen=True)
class ChainRules:
    """Where the first member stands at the latest, how far neighbours are apart, and what gaps and a late pin cost."""

    first_by: int
    least: int
    most: int
    gap: int
    late_first: int


@dataclass(frozen=True)
class Board:
    """What the search is asked: the weeks in order, two chains, whether a joint meeting and conferences are sought."""

    columns: tuple[Column, ...]
    chains: tuple[Chain, Chain]
    rules: ChainRules
    has_joint: bool = True
    has_conference: tuple[bool, bool] = (True, True)


def is_crowded(board: Board) -> bool:
    """Tell whether mere counting shows that there is no plan: too few weeks for all, or for a chain without pins."""
    numbers = [column.number for column in board.columns if column.is_open]
    members = [chain.free + board.has_joint for chain in board.chains]
    if sum(members) - board.has_joint + sum(board.has_conference) > len(numbers):
        return True
    unpinned = [count for chain, count in enumerate(members) if not any(it.stops[chain] for it in board.columns)]
    span = numbers[-1] - numbers[0] if numbers else 0
    return any((count - 1) * board.rules.least > span for count in unpinned)


@dataclass(frozen=True)
class Placement:
    """What the search placed, and on which day: the joint meeting (of chain 0), a meeting or conference of a chain."""

    what: str
    chain: int
    day: date


@dataclass(frozen=True)
class Solution:
    """The cheapest placements, what they and their gaps cost, and below what no other choice can come."""

    cost: int
    bound: int
    placements: tuple[Placement, ...]
