"""The reminder of an event, with the event itself attached."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from events_app.dates.wall_time import local_of
from events_app.events.models import Event
from events_app.events.rules.table import chair_line
from events_app.feeds.entries import document_address, event_place
from events_app.letters.about_event import event_and_reader, event_file
from events_app.letters.at_hand import ordinals_at_hand
from events_app.letters.office import Office, letter_to
from events_app.letters.sight import remember_what_is_shown
from events_app.letters.times import times_of
from events_app.mail.models import OutboxMessage
from events_app.people.models import Person
from events_app.reminders.preparation.queries import open_steps_of
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may, may_see_document
from events_app.words.chairs import chairs_text
from events_app.words.dates import short_day_text
from events_app.words.preparation import step_text
from events_app.words.titles import event_title, ordinal_phrase


def write(session: Session, message: OutboxMessage, office: Office, now: datetime) -> bytes | None:
    """Return the reminder's bytes; None if the event or the right to see it has gone."""
    found = event_and_reader(session, message, now)
    if found is None:
        return None
    event, person, reader = found
    remember_what_is_shown(message, event, reader, now)
    facts = _facts(session, event, person, reader, office, now)
    attached = (event_file(event, person, reader, office, now),)
    return letter_to(person, message, facts, office, now, attachments=attached, thread=f"<{event.uid}>")


def may_go(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether event and person are still there and the person may see the event."""
    return event_and_reader(session, message, now) is not None


def _facts(
    session: Session, event: Event, person: Person, reader: Reader, office: Office, now: datetime
) -> dict[str, Any]:
    language = person.language
    line = chair_line(event, reader.partnership)
    here = local_of(now, event.time_zone).date()
    number = ordinals_at_hand(session, event.starts_on.year).get(event.id)
    return {
        "title": event_title(event, language),
        **times_of(event, person),
        "days_left": (event.starts_on - here).days,
        "place": event_place(event),
        "chairs": chairs_text(line, language),
        "ordinal": ordinal_phrase(event.kind_key, number, event.starts_on.year, language) if number else "",
        "joining_link": event.joining_link if may(reader, Action.SEE_JOINING_LINK, event, now) else "",
        "agenda": event.agenda,
        "documents": _documents(event, reader, office, now),
        "steps": _steps(session, event, reader, language, now),
        "address": office.address(f"/events/{event.id}"),
    }


def _documents(event: Event, reader: Reader, office: Office, now: datetime) -> list[dict[str, str]]:
    """Return title and address of the documents that the reader may see."""
    base_url = office.settings.base_url
    shown = [document for document in event.documents if may_see_document(reader, document, event, now)]
    return [{"title": document.title, "address": document_address(document, base_url)} for document in shown]


def _steps(session: Session, event: Event, reader: Reader, language: str, now: datetime) -> list[tuple[str, str]]:
    """Return to organisers what is still to be done up to the event, as (day, step)."""
    if not may(reader, Action.EDIT, event, now):
        return []
    steps = [step for step in open_steps_of(session, event) if step.due_on <= event.ends_on]
    return [(short_day_text(step.due_on, language), step_text(step.name, step.is_worded, language)) for step in steps]
