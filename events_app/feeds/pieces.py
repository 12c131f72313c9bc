"""What feeds are joined from: components that are kept, and the zones they need."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from events_app.dates.zones import HOME_ZONE
from events_app.ics.entry import Entry, TimedSpan
from events_app.ics.vtimezone import needs_zone, zone_bytes
from events_app.ics.writing import CalendarHead, calendar_bytes, entry_bytes

YEARS_AHEAD = 10


def joined_calendar(head: CalendarHead | None, entries: list[Entry], now: datetime) -> bytes:
    """Return the calendar of these entries in their order; without a head it is a single download."""
    return calendar_bytes(head, zone_pieces(entries, now), [kept_bytes(entry) for entry in entries])


@lru_cache(maxsize=20_000)
def kept_bytes(entry: Entry) -> bytes:
    """Return the component of an entry, written once for as long as it stays the same."""
    return entry_bytes(entry)


def zone_pieces(entries: Iterable[Entry], now: datetime) -> list[bytes]:
    """Return one VTIMEZONE per zone used; an empty calendar gets the home zone's."""
    years: dict[str, list[int]] = {}
    for entry in entries:
        name = needs_zone(entry.when)
        if name and isinstance(entry.when, TimedSpan):
            years.setdefault(name, []).append(entry.when.local_start.year)
    spans = years or {HOME_ZONE: [now.year]}
    last = now.year + YEARS_AHEAD
    return [zone_bytes(name, min(found) - 1, max(*found, last) + 1) for name, found in sorted(spans.items())]
