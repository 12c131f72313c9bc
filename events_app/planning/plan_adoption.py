"""What adopting a plan does to the calendar: which event stands for which planned date. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from events_app.events.models import DRAFT, Event
from events_app.planning.year_plan import PlannedDate, PlannedEvent, Sort, YearPlan

KEEP, PROPOSE, MOVE, CREATE = "keep", "propose", "move", "create"


@dataclass(frozen=True)
class CalendarDate:
    """A Partner event of the calendar with the date that a plan knows it by; a fixed one stays where it is."""

    date: PlannedDate
    event: Event
    is_fixed: bool


@dataclass(frozen=True)
class Placement:
    """A planned date, the event that stands for it (None: it is to be created), and what is to be done.

    The deed is `keep`, `propose` (a draft on its day), `move` or `create`.
    """

    planned: PlannedEvent
    event: Event | None
    deed: str
    is_fixed: bool = False

    @property
    def key(self) -> str:
        """The placement as a line of text."""
        days = f"{self.planned.starts_on}/{self.planned.ends_on}"
        return f"{sort_of(self.planned)} {days} {self.planned.host} {self.deed} {self.event.id if self.event else 0}"


def placements(plan: YearPlan, calendar: Iterable[CalendarDate]) -> list[Placement]:
    """Return what becomes of every planned date, in the plan's order.

    What stands on its day stays; of what is left, events and dates of one sort are paired in the order of their days.
    """
    known = list(calendar)
    found: dict[int, CalendarDate] = {}
    for fits in (_is_fixed_there, _is_there, _is_of_the_sort):
        for number, planned in enumerate(plan.events):
            taken = {one.event.id for one in found.values()}
            free = (one for one in known if one.event.id not in taken and fits(one, planned))
            match = None if number in found else next(free, None)
            if match:
                found[number] = match
    return [_placement(planned, found.get(number)) for number, planned in enumerate(plan.events)]


def left_over(placed: Iterable[Placement], calendar: Iterable[CalendarDate]) -> list[Event]:
    """Return the events of the calendar that no planned date stands for: they are left as they are."""
    taken = {one.event.id for one in placed if one.event}
    return [one.event for one in calendar if one.event.id not in taken]


def digest_of(placed: Iterable[Placement]) -> str:
    """Return by what one recognises that adopting would still do the same."""
    return sha256("\n".join(one.key for one in placed).encode()).hexdigest()[:32]


def past_dates(placed: Iterable[Placement], today: date) -> list[date]:
    """Return the planned days that have passed and are not those of an event that stays."""
    return [one.planned.starts_on for one in placed if one.deed != KEEP and one.planned.starts_on <= today]


def sort_of(planned: PlannedEvent) -> Sort:
    """Return the sort of a planned event."""
    return Sort(planned.kind, planned.groups)


def announced(calendar: Iterable[CalendarDate], *, with_fixed: bool) -> Iterator[PlannedDate]:
    """Yield the dates that delegations know already; the fixed ones only where they are not pinned."""
    for one in calendar:
        if one.event.status != DRAFT and (with_fixed or not one.is_fixed):
            yield one.date


def _is_fixed_there(one: CalendarDate, planned: PlannedEvent) -> bool:
    return one.is_fixed and _is_there(one, planned)


def _is_there(one: CalendarDate, planned: PlannedEvent) -> bool:
    return one.date.sort == sort_of(planned) and one.date.first == planned.starts_on


def _is_of_the_sort(one: CalendarDate, planned: PlannedEvent) -> bool:
    return not one.is_fixed and one.date.sort == sort_of(planned)


def _placement(planned: PlannedEvent, match: CalendarDate | None) -> Placement:
    if match is None:
        return Placement(planned, None, CREATE)
    is_draft = match.event.status == DRAFT
    deed = MOVE if match.date.first != planned.starts_on else PROPOSE if is_draft else KEEP
    return Placement(planned, match.event, deed, match.is_fixed)
