"""When an event takes place, on two clocks: its own, and its reader's where that differs."""

from events_app.events.models import Event
from events_app.people.models import Person
from events_app.words.changes import on_other_clocks, when_of
from events_app.words.dates import span_text
from events_app.words.zones import zone_text


def times_of(event: Event, person: Person) -> dict[str, str]:
    """Return `when` and `zone` of an event, and `reader_when` and `reader_zone` (the former empty where the same)."""
    language, there = person.language, on_other_clocks(when_of(event), person.time_zone)
    return {
        "when": span_text(event, language),
        "zone": zone_text(event.time_zone, language),
        "reader_when": span_text(there, language) if there else "",
        "reader_zone": zone_text(person.time_zone, language),
    }
