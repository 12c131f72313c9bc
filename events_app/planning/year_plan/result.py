"""A plan: its events with what they meet and what else was possible, and the gaps between them."""

from dataclasses import dataclass
from datetime import date

from events_app.planning.year_plan.day_costs import Conflict


@dataclass(frozen=True)
class Alternative:
    """Another day near an event's, and what it would meet."""

    starts_on: date
    ends_on: date
    conflicts: tuple[Conflict, ...]

    @property
    def cost(self) -> int:
        """What the day would cost."""
        return sum(conflict.weight for conflict in self.conflicts)


@dataclass(frozen=True)
class PlannedEvent:
    """An event with its date; `chairs` are the States that are known to chair it."""

    kind: str
    groups: tuple[str, ...]
    starts_on: date
    ends_on: date
    chairs: tuple[str, ...]
    host: str | None
    is_pinned: bool
    conflicts: tuple[Conflict, ...]
    alternatives: tuple[Alternative, ...]

    @property
    def cost(self) -> int:
        """What its date costs."""
        return sum(conflict.weight for conflict in self.conflicts)


@dataclass(frozen=True)
class Spacing:
    """The gaps in a group's chain in usable weeks, the ideal one, and what they cost."""

    group: str
    gaps: tuple[int, ...]
    ideal: int
    cost: int


@dataclass(frozen=True)
class MovedDate:
    """An announced date that the plan does not keep, and what that costs."""

    kind: str
    groups: tuple[str, ...]
    day: date
    cost: int


@dataclass(frozen=True)
class YearPlan:
    """The dates of a year. `bound`: below what no plan can come; `seconds`: how long the search took."""

    year: int
    weeks: int
    bound: int
    is_proved: bool
    seconds: float
    events: tuple[PlannedEvent, ...]
    spacing: tuple[Spacing, ...]
    moved: tuple[MovedDate, ...] = ()

    @property
    def cost(self) -> int:
        """What the events, their gaps and moved dates cost together."""
        events, gaps = sum(event.cost for event in self.events), sum(spacing.cost for spacing in self.spacing)
        return events + gaps + sum(moved.cost for moved in self.moved)
