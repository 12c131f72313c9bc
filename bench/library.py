"""The same events written by the icalendar library alone, each time anew: what the feeds are compared with."""

from datetime import timedelta

from icalendar import Calendar, Event
from icalendar.prop import vUri

from events_app.ics.entry import DaySpan, Entry


def rendered(entries: list[Entry]) -> bytes:
    """Return a calendar of the entries, with the properties that ours have; zones are left out."""
    calendar = Calendar()
    for name, value in (("prodid", "-//bench//"), ("version", "2.0"), ("calscale", "GREGORIAN"), ("name", "All")):
        calendar.add(name, value)
    for entry in entries:
        calendar.add_component(_component(entry))
    return calendar.to_ical()


def _component(entry: Entry) -> Event:
    event = Event()
    language = {"LANGUAGE": entry.language}
    starts, ends = _span(entry)
    for name, value in (
        ("uid", entry.uid), ("sequence", entry.sequence), ("dtstamp", entry.modified_at),
        ("last-modified", entry.modified_at), ("created", entry.created_at), ("dtstart", starts), ("dtend", ends),
        ("status", entry.status), ("transp", "TRANSPARENT" if entry.is_free else "OPAQUE"), ("url", vUri(entry.url)),
        ("class", entry.classification), ("x-microsoft-cdo-busystatus", "FREE" if entry.is_free else "BUSY"),
        ("x-microsoft-cdo-alldayevent", str(entry.is_all_day).upper()), ("color", entry.color),
    ):  # fmt: skip
        event.add(name, value)
    for name, text in (("summary", entry.summary), ("description", entry.description), ("location", entry.location)):
        event.add(name, text, parameters=language)
    event.add("categories", list(entry.categories), parameters=language)
    return event


def _span(entry: Entry) -> tuple[object, object]:
    when = entry.when
    if isinstance(when, DaySpan):
        return when.first, when.last + timedelta(days=1)
    return when.local_start, when.local_end
