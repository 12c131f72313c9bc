"""The letter on documents that were added to an event: those that its reader may see, and no others."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_app.events.models import DRAFT, Document, Event
from events_app.feeds.entries import document_address
from events_app.letters.about_event import event_and_reader
from events_app.letters.office import Office, letter_to
from events_app.letters.sight import remember_what_is_shown
from events_app.letters.times import times_of
from events_app.mail.models import OutboxMessage
from events_app.people.models import Person
from events_app.reminders.added import documents_among
from events_app.rights.models import Reader
from events_app.rights.rules import may_see_document
from events_app.words.labels import document_type_name
from events_app.words.titles import event_title


def write(session: Session, message: OutboxMessage, office: Office, now: datetime) -> bytes | None:
    """Return the letter's bytes; None if nothing of it is left that the reader may see."""
    found = _documents_for(session, message, now)
    if found is None:
        return None
    event, person, reader, documents = found
    remember_what_is_shown(message, event, reader, now)
    facts = {
        **times_of(event, person),
        "title": event_title(event, person.language),
        "documents": [_line(document, person.language, office) for document in documents],
        "address": office.address(f"/events/{event.id}"),
    }
    return letter_to(person, message, facts, office, now, thread=f"<{event.uid}>")


def may_go(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether one of the documents is still there and the reader may see it."""
    return _documents_for(session, message, now) is not None


def _documents_for(
    session: Session, message: OutboxMessage, now: datetime
) -> tuple[Event, Person, Reader, list[Document]] | None:
    found = event_and_reader(session, message, now)
    if found is None or found[0].status == DRAFT:
        return None
    event, person, reader = found
    added = documents_among(event, message.facts["documents"])
    shown = [document for document in added if may_see_document(reader, document, event, now)]
    return (event, person, reader, shown) if shown else None


def _line(document: Document, language: str, office: Office) -> dict[str, str]:
    return {
        "type": document_type_name(document.type, language),
        "title": document.title,
        "address": document_address(document, office.settings.base_url),
    }
