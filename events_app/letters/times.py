"""When an event takes place, and until when it is asked about, on two clocks: its own, and its reader's."""

from datetime import datetime

from events_app.dates.wall_time import local_of
from events_app.dates.zones import HOME_ZONE
from events_app.events.models import Event
from events_app.people.models import Person
from events_app.reminders.quiet import reading_zone
from events_app.words.changes import Agreed, agreed_elsewhere, agreed_text, when_of
from events_app.words.dates import instant_text


def times_of(event: Event, person: Person) -> dict[str, str]:
    """Return `when` an event takes place and `reader_when` (empty where the reader's clocks show the same)."""
    when, reader_when = on_both_clocks(when_of(event), person)
    return {"when": when, "reader_when": reader_when}


def on_both_clocks(when: Agreed, person: Person) -> tuple[str, str]:
    """Return what was agreed in its own zone and in the reader's (empty where the clocks show the same)."""
    return agreed_text(when, person.language), agreed_elsewhere(when, reading_zone(person), person.language)


def minute_on_both_clocks(at: datetime, person: Person) -> tuple[str, str]:
    """Return a minute on Vienna's clocks and on the reader's (empty where these show the same)."""
    zone, language = reading_zone(person), person.language
    here, there = (local_of(at, name).replace(tzinfo=None) for name in (HOME_ZONE, zone))
    return instant_text(at, HOME_ZONE, language), instant_text(at, zone, language) if there != here else ""
