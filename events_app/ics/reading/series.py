"""The instances of a recurring event, counted out on its own clocks by the libraries."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from types import ModuleType
from typing import Any

from events_app.ics.entry import DaySpan, TimedSpan
from events_app.ics.errors import UnfitComponentError
from events_app.ics.reading.components import Property
from events_app.ics.reading.events import Event, aligned, recurrence_of
from events_app.ics.reading.moments import Moment, Zones
from events_app.ics.reading.outcome import ReadItem
from events_app.ics.reading.recurrence_rule import Rule, checked_rule
from events_app.ics.reading.timing import day_span, timed_span

MOST_INSTANCES = 1_000
MOST_EXCEPTIONS = 5_000

Local = datetime | date
Instance = tuple[int, Local, Local, Local]


class Series:
    """A recurring event with its changed instances, and the originals of those that are lost."""

    def __init__(self, master: Event, changed: list[Event], lost: list[Moment], zones: Zones) -> None:
        self.master, self.zones = master, zones
        self.changed = {event.position: event for event in changed}
        self.lost = lost
        # Before anybody counts the seconds of this series.
        _libraries()

    def instances(self, first: date, last: date) -> list[Instance]:
        """Return position, start, end and original start of the instances that begin in a span of days.

        Raises UnfitComponentError, and from the libraries whatever they like.
        """
        icalendar, recurring_ical_events = _libraries()
        calendar = icalendar.Calendar.from_ical("\r\n".join(self._lines()) + "\r\n")
        query = recurring_ical_events.of(calendar)
        found = [_instance(part) for part in query.between(first, last + timedelta(days=1))]
        inside = sorted({one for one in found if first <= _day(one[1]) <= last}, key=lambda one: (str(one[1]), one[0]))
        if not inside:
            raise UnfitComponentError("no-instances", first=first.isoformat(), last=last.isoformat())
        if len(inside) > MOST_INSTANCES:
            raise UnfitComponentError("too-many-instances", limit=str(MOST_INSTANCES))
        return inside

    def item(self, instance: Instance) -> ReadItem:
        """Return what is read of an instance; raises UnfitComponentError."""
        position, start, end, original = instance
        event = self.changed.get(position)
        if event and not _is_for_all_after(event):
            return event.item(event.timing.when, event.recurrence)
        source = event or self.master
        if event:
            # The library names all of these after the first of them.
            original = start - self._shift(event)
        recurrence = recurrence_of(self._moment(original, self.master), self.zones)
        return source.item(self._span(start, end, source), recurrence)

    def _shift(self, event: Event) -> timedelta:
        """Return by how much a change moves its instance and all after it, on the clocks of the series."""
        assert event.original is not None
        own, series = event.timing.start, self.master.timing.start
        if own.zone_name != series.zone_name or own.is_day != series.is_day:
            raise UnfitComponentError("zone-differs", zone=own.zone_id[:60])
        return _midnight(own.local) - _midnight(aligned(event.original, series, self.zones))

    def _span(self, start: Local, end: Local, source: Event) -> TimedSpan | DaySpan:
        if not isinstance(start, datetime) or not isinstance(end, datetime):
            return day_span(_day(start), _day(end))
        starts_at, ends_at = (self.zones.instant(self._moment(one, source)) for one in (start, end))
        return timed_span(starts_at, ends_at, source.timing.start.zone_name)

    def _moment(self, local: Local, source: Event) -> Moment:
        return Moment(local, source.timing.start.zone_name, source.timing.start.zone_id)

    def _lines(self) -> Iterator[str]:
        """Write what alone the libraries get to see: times without zones, and rules that were checked."""
        yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:series", *_opening(self.master))
        yield from self._rules()
        yield from self._dates("RDATE", MOST_INSTANCES)
        yield from self._dates("EXDATE", MOST_EXCEPTIONS)
        for original in self.lost:
            yield _line("EXDATE", aligned(original, self.master.timing.start, self.zones))
        yield "END:VEVENT"
        for event in self.changed.values():
            yield from (*_opening(event), self._original(event), "END:VEVENT")
        yield "END:VCALENDAR"

    def _rules(self) -> Iterator[str]:
        rules = self.master.component.all("RRULE")
        if len(rules) > 1 or self.master.component.first("EXRULE"):
            raise UnfitComponentError("hostile-rule", rule="EXRULE" if len(rules) < 2 else "RRULE RRULE")
        for line in rules:
            rule = checked_rule(line.value)
            yield "RRULE:" + ";".join(f"{name}={value}" for name, value in self._with_local_end(rule).items())

    def _with_local_end(self, rule: Rule) -> Rule:
        if "UNTIL" not in rule:
            return rule
        start = self.master.timing.start
        until = self.zones.moment_of(rule["UNTIL"], Property("UNTIL", {"TZID": start.zone_id}, ""))
        if start.is_day:
            return {**rule, "UNTIL": _written(_day(until.local))}
        whole_day = datetime.combine(_day(until.local), time(23, 59, 59))
        return {**rule, "UNTIL": _written(whole_day if until.is_day else self._end_on_own_clocks(until))}

    def _end_on_own_clocks(self, until: Moment) -> datetime:
        zone_name = self.master.timing.start.zone_name
        # Programs write "for ever" as a year that the tz database does not reach.
        return self.zones.local_in(zone_name, until) if _day(until.local).year < 2100 else datetime(2100, 12, 31)  # noqa: DTZ001

    def _dates(self, name: str, most: int) -> Iterator[str]:
        lines = self.master.component.all(name)
        if sum(line.value.count(",") + 1 for line in lines) > most:
            raise UnfitComponentError("too-many-instances", limit=str(most))
        for line in lines:
            for value in filter(None, (value.strip() for value in line.value.split(","))):
                moment = self.zones.moment_of(value, line)
                yield _line(name, aligned(moment, self.master.timing.start, self.zones))

    def _original(self, event: Event) -> str:
        assert event.original is not None
        name = "RECURRENCE-ID;RANGE=THISANDFUTURE" if _is_for_all_after(event) else "RECURRENCE-ID"
        return _line(name, aligned(event.original, self.master.timing.start, self.zones))


def counted_out(series: Series, first: date, last: date) -> list[Instance]:
    """Return the instances of a series, as `Series.instances`; raises UnfitComponentError and MemoryError alone."""
    try:
        return series.instances(first, last)
    except (UnfitComponentError, MemoryError):
        raise
    except Exception:
        # The libraries raise whatever comes up; an event that they cannot count out is not taken.
        raise UnfitComponentError("bad-rule", rule=series.master.component.text("RRULE")[:100]) from None


@cache
def _libraries() -> tuple[ModuleType, ModuleType]:
    """Import what counts out: it takes half of the life of a child, and most files have no series."""
    import icalendar
    import recurring_ical_events

    return icalendar, recurring_ical_events


def _opening(event: Event) -> Iterable[str]:
    start, end = event.timing.start.local, event.timing.end
    return ("BEGIN:VEVENT", "UID:series", f"X-POSITION:{event.position}", _line("DTSTART", start), _line("DTEND", end))


def _line(name: str, local: Local) -> str:
    kind = "" if isinstance(local, datetime) else ";VALUE=DATE"
    return f"{name}{kind}:{_written(local)}"


def _written(local: Local) -> str:
    return f"{local:%Y%m%dT%H%M%S}" if isinstance(local, datetime) else f"{local:%Y%m%d}"


def _instance(part: Any) -> Instance:
    start, end = part["DTSTART"].dt, part["DTEND"].dt
    original = part["RECURRENCE-ID"].dt if "RECURRENCE-ID" in part else start
    return int(part["X-POSITION"]), start, end, original


def _midnight(local: Local) -> datetime:
    return local if isinstance(local, datetime) else datetime.combine(local, time())


def _day(local: Local) -> date:
    return local.date() if isinstance(local, datetime) else local


def _is_for_all_after(event: Event) -> bool:
    line = event.component.first("RECURRENCE-ID")
    return line is not None and line.parameters.get("RANGE", "").upper() == "THISANDFUTURE"
