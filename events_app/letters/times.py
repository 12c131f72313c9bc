"""When an event takes place, on two clocks: its own, and its reader's where that differs."""

from datetime import datetime

from events_app.dates.wall_time import local_of
from events_app.events.models import Event
from events_app.people.models import Person
from events_app.words.dates import span_text
from events_app.words.zones import zone_text


def times_of(event: Event, person: Person) -> dict[str, str]:
    """Return `when` and `zone` of an event, and `reader_when` and `reader_zone` (the former empty where the same)."""
    language = person.language
    return {
        "when": span_text(event, language),
        "zone": zone_text(event.time_zone, language),
        "reader_when": reader_when(event, person),
        "reader_zone": zone_text(person.time_zone, language),
    }


def reader_when(event: Event, person: Person) -> str:
    """Return the event's times on the reader's clocks; empty where they are the same."""
    if event.is_all_day:
        return ""
    start, end = (local_of(instant, person.time_zone) for instant in (event.starts_at, event.ends_at))
    if start.replace(tzinfo=None) == datetime.combine(event.starts_on, event.start_time or start.time()):
        return ""
    return span_text(LocalSpan(start, end), person.language)


class LocalSpan:
    """An event's span on somebody's clocks, in the shape that words expect."""

    def __init__(self, start: datetime, end: datetime) -> None:
        self.starts_on, self.start_time = start.date(), start.time()
        self.ends_on, self.end_time = end.date(), end.time()
