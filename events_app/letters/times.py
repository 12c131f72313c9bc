"""When an event takes place, on two clocks: its own, and its reader's where that differs."""

from events_app.events.models import Event
from events_app.people.models import Person
from events_app.reminders.quiet import reading_zone
from events_app.words.changes import Agreed, agreed_elsewhere, agreed_text, when_of


def times_of(event: Event, person: Person) -> dict[str, str]:
    """Return `when` an event takes place and `reader_when` (empty where the reader's clocks show the same)."""
    when, reader_when = on_both_clocks(when_of(event), person)
    return {"when": when, "reader_when": reader_when}


def on_both_clocks(when: Agreed, person: Person) -> tuple[str, str]:
    """Return what was agreed in its own zone and in the reader's (empty where the clocks show the same)."""
    return agreed_text(when, person.language), agreed_elsewhere(when, reading_zone(person), person.language)
