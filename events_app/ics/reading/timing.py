"""When a VEVENT is: its start and its end, given, derived (RFC 5545, 3.6.1) or missing."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from events_app.dates.errors import SpanError
from events_app.dates.spans import checked_year
from events_app.ics.entry import DaySpan, TimedSpan
from events_app.ics.errors import UnfitComponentError
from events_app.ics.reading.components import Component
from events_app.ics.reading.moments import Moment, Zones

LONGEST = timedelta(days=366)

Local = TypeVar("Local", date, datetime)

_DURATION = re.compile(
    r"([+-]?)P(?:([0-9]{1,9})W)?(?:([0-9]{1,9})D)?"
    r"(?:T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})S)?)?"
)


@dataclass(frozen=True)
class Timing:
    """The start of a VEVENT, its exclusive end on the same clocks or in the same days, and both as a span."""

    start: Moment
    end: datetime | date
    when: TimedSpan | DaySpan


def timing_of(event: Component, zones: Zones) -> Timing:
    """Return when a VEVENT is, once; raises UnfitComponentError."""
    line = event.first("DTSTART")
    if line is None:
        raise UnfitComponentError("no-start")
    start = zones.moment(line)
    return _days(event, start, zones) if start.is_day else _times(event, start, zones)


def day_span(start: date, end: date) -> DaySpan:
    """Return the days from one to the day before another; raises UnfitComponentError."""
    if end == start:
        # Some programs write the last day itself.
        end = start + timedelta(days=1)
    if end < start:
        raise UnfitComponentError("ends-before-start", start=start.isoformat(), end=end.isoformat())
    if end - start > LONGEST:
        raise UnfitComponentError("too-long", days=str((end - start).days))
    try:
        checked_year(start.year)
        checked_year((end - timedelta(days=1)).year)
    except SpanError:
        raise UnfitComponentError("bad-time", time=start.isoformat()) from None
    return DaySpan(start, end - timedelta(days=1))


def timed_span(starts_at: datetime, ends_at: datetime, zone_name: str) -> TimedSpan:
    """Return the span between two instants; raises UnfitComponentError."""
    if ends_at < starts_at:
        raise UnfitComponentError("ends-before-start", start=starts_at.isoformat(), end=ends_at.isoformat())
    if ends_at == starts_at:
        raise UnfitComponentError("no-length", start=starts_at.isoformat())
    if ends_at - starts_at > LONGEST:
        raise UnfitComponentError("too-long", days=str((ends_at - starts_at).days))
    return TimedSpan(starts_at, ends_at, zone_name)


def _days(event: Component, start: Moment, zones: Zones) -> Timing:
    assert not isinstance(start.local, datetime)
    end = _end(event, zones)
    if end is not None and not end.is_day:
        raise UnfitComponentError("bad-time", time=str(end.local))
    days, rest = _duration(event) or (timedelta(days=1), timedelta())
    if rest:
        raise UnfitComponentError("bad-time", time=event.text("DURATION")[:60])
    last = end.local if end else _later(start.local, days)
    span = day_span(start.local, last)
    return Timing(start, span.last + timedelta(days=1), span)


def _times(event: Component, start: Moment, zones: Zones) -> Timing:
    assert isinstance(start.local, datetime)
    starts_at = zones.instant(start)
    end = _end(event, zones)
    if end is not None and end.is_day:
        raise UnfitComponentError("bad-time", time=str(end.local))
    if end is not None:
        ends_at = zones.instant(end)
    else:
        # Days are counted on the clocks, hours in their true length.
        days, rest = _duration(event) or (timedelta(), timedelta())
        later = Moment(_later(start.local, days), start.zone_name, start.zone_id)
        ends_at = _later(zones.instant(later), rest)
    span = timed_span(starts_at, ends_at, start.zone_name)
    local_end = span.local_end.replace(tzinfo=None)
    if _is_said_to_be_all_day(event, start.local, local_end):
        days_only = Moment(start.local.date())
        return Timing(days_only, local_end.date(), day_span(start.local.date(), local_end.date()))
    return Timing(start, local_end, span)


def _end(event: Component, zones: Zones) -> Moment | None:
    line = event.first("DTEND")
    return zones.moment(line) if line else None


def _is_said_to_be_all_day(event: Component, start: datetime, end: datetime) -> bool:
    """Tell whether Outlook has written whole days as times from midnight to midnight."""
    said = event.text("X-MICROSOFT-CDO-ALLDAYEVENT").strip().upper() == "TRUE"
    return said and start.time() == end.time() == time()


def _duration(event: Component) -> tuple[timedelta, timedelta] | None:
    """Return days and the rest of a DURATION, or None if there is none."""
    text = event.text("DURATION").strip().upper()
    if not text:
        return None
    match = _DURATION.fullmatch(text)
    if not match or not any(match.groups()[1:]):
        raise UnfitComponentError("bad-time", time=text[:60])
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    if match[1] == "-" and weeks + days + hours + minutes + seconds:
        raise UnfitComponentError("ends-before-start", duration=text[:60])
    nominal, exact = timedelta(weeks=weeks, days=days), timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if max(nominal, exact) > LONGEST:
        raise UnfitComponentError("too-long", duration=text[:60])
    return nominal, exact


def _later(moment: Local, duration: timedelta) -> Local:
    try:
        return moment + duration
    except OverflowError:
        raise UnfitComponentError("bad-time", time=str(moment)) from None
