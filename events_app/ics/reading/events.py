"""The VEVENTs of a file, understood one by one; those that are not become problems."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from events_app.ics.entry import DaySpan, TimedSpan
from events_app.ics.errors import UnfitComponentError
from events_app.ics.plain_text import clean_text
from events_app.ics.reading.components import Component, Property
from events_app.ics.reading.moments import Moment, Zones, utc_of
from events_app.ics.reading.outcome import ReadItem, ReadProblem
from events_app.ics.reading.timing import Timing, timing_of
from events_app.ics.reading.wording import Wording, summary_of, uid_of, wording_of

MOST_ALARMS = 1_000


@dataclass(frozen=True)
class Event:
    """One VEVENT: its number in the file, itself, and what it means; `original` is its RECURRENCE-ID."""

    position: int
    component: Component
    uid: str
    timing: Timing
    original: Moment | None
    recurrence: str
    wording: Wording

    @property
    def is_recurring(self) -> bool:
        """Whether it has instances; a rule in a changed instance means nothing."""
        names = {line.name for line in self.component.properties}
        return self.original is None and bool(names & {"RRULE", "RDATE", "EXRULE"})

    def item(self, when: TimedSpan | DaySpan, recurrence: str) -> ReadItem:
        """Return what is read of it, or of one of its instances."""
        return ReadItem(self.position, self.uid, recurrence, when, **vars(self.wording))


@dataclass
class Understood:
    """The events by UID, the changed instances that are lost, and the problems."""

    groups: dict[str, list[Event]] = field(default_factory=dict)
    lost: dict[str, list[Moment]] = field(default_factory=dict)
    problems: list[ReadProblem] = field(default_factory=list)


def understood(components: list[Component], zones: Zones) -> Understood:
    """Return what the VEVENTs of a file mean, each alone."""
    result = Understood()
    seen: set[tuple[str, str]] = set()
    for position, component in enumerate(components, start=1):
        try:
            event = _event(position, component, zones)
            if event.uid and (event.uid, event.recurrence) in seen:
                raise UnfitComponentError("duplicate-uid", uid=event.uid[:60])
        except UnfitComponentError as error:
            result.problems.append(problem_of(position, component, error))
            for uid, original in _lost(component, zones):
                result.lost.setdefault(uid, []).append(original)
            continue
        seen.add((event.uid, event.recurrence))
        # Events without a UID belong to no others.
        result.groups.setdefault(event.uid or f"\n{position}", []).append(event)
    return result


def problem_of(position: int, component: Component, error: UnfitComponentError) -> ReadProblem:
    """Return the problem of a VEVENT, in clean texts."""
    facts = {name: clean_text(fact) for name, fact in error.facts.items()}
    uid = clean_text(component.text("UID")[:200]).replace("\n", " ")
    return ReadProblem(position, uid, summary_of(component)[:300], error.reason, facts)


def recurrence_of(original: Moment, zones: Zones) -> str:
    """Return the name of an instance: its original day, or instant in UTC; raises UnfitComponentError."""
    return original.local.isoformat() if original.is_day else utc_of(zones.instant(original))


def aligned(moment: Moment, master: Moment, zones: Zones) -> datetime | date:
    """Return a moment as days or clock times, as the start of the recurring event is one."""
    if isinstance(master.local, datetime):
        if isinstance(moment.local, datetime):
            return zones.local_in(master.zone_name, moment)
        return datetime.combine(moment.local, master.local.time())
    return moment.local.date() if isinstance(moment.local, datetime) else moment.local


def _event(position: int, component: Component, zones: Zones) -> Event:
    uid = uid_of(component)
    timing = timing_of(component, zones)
    _check_alarms(component)
    line = component.first("RECURRENCE-ID")
    original = zones.moment(line) if line else None
    recurrence = recurrence_of(original, zones) if original else ""
    return Event(position, component, uid, timing, original, recurrence, wording_of(component))


def _check_alarms(component: Component) -> None:
    """Refuse what rings for years: nobody means it, and whoever passes it on harms others."""
    for repeat in (line.value.strip() for part in component.parts for line in part.all("REPEAT")):
        if not repeat.isdecimal() or len(repeat) > 9 or int(repeat) > MOST_ALARMS:
            raise UnfitComponentError("hostile-alarm", repeat=repeat[:60])


def _lost(component: Component, zones: Zones) -> Iterator[tuple[str, Moment]]:
    line: Property | None = component.first("RECURRENCE-ID")
    try:
        if line:
            yield uid_of(component), zones.moment(line)
    except UnfitComponentError:
        return
