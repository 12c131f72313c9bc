"""Adding files to an event and removing them. The history and the trail know both; the sequence stays."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from events_app.events.actions.modified import note_inner, note_shown
from events_app.events.actions.writing import record_change
from events_app.events.errors import InvalidEventError, Problem, UnfitFileError
from events_app.events.models import DOCUMENT_TYPES, PUBLIC, Document, Event
from events_app.events.rules.documents import MOST_FILES, FittingFile, narrower_visibilities
from events_app.trail.actions import record_deed


@dataclass(frozen=True)
class DocumentEntry:
    """What is entered of a document; `visibility` empty: as the event."""

    type: str
    title: str
    visibility: str = ""


def add_file(
    session: Session, event: Event, entry: DocumentEntry, file: FittingFile, stored_as: str, now: datetime, *,
    person_id: int | None = None,
) -> Document:  # fmt: skip
    """Add a stored file to an event. Raises InvalidEventError, UnfitFileError if the event has too many."""
    _check(event, entry)
    document = Document(
        type=entry.type, title=entry.title or file.name, visibility=entry.visibility, stored_as=stored_as,
        file_name=file.name, content_type=file.content_type, size=file.size, added_at=now,
    )  # fmt: skip
    event.documents.append(document)
    _note(event, document, now)
    session.flush()
    record_deed(session, person_id, "upload", "document", document.id, now)
    record_change(session, event, "change", person_id, now, fields={"documents": [[], [as_recorded(document)]]})
    return document


def remove_file_of(
    session: Session, event: Event, document: Document, now: datetime, *, person_id: int | None = None
) -> str:
    """Take a file away from an event and return the name it is stored under, to be deleted after the commit."""
    stored_as = document.stored_as
    record_deed(session, person_id, "remove", "document", document.id, now)
    record_change(session, event, "change", person_id, now, fields={"documents": [[as_recorded(document)], []]})
    event.documents.remove(document)
    _note(event, document, now)
    session.flush()
    return stored_as


def as_recorded(document: Document) -> dict[str, str]:
    """Return a file as the history keeps it, with who could see it: whoever could not must not read of it later."""
    return {
        "type": document.type, "title": document.title, "file": document.file_name, "visibility": document.visibility,
    }  # fmt: skip


def _note(event: Event, document: Document, now: datetime) -> None:
    note = note_inner if document.visibility not in ("", PUBLIC) else note_shown
    note(event, now)


def _check(event: Event, entry: DocumentEntry) -> None:
    if entry.type not in DOCUMENT_TYPES:
        raise InvalidEventError([Problem("type", "unknown")])
    if entry.visibility and entry.visibility not in narrower_visibilities(event.visibility):
        raise InvalidEventError([Problem("visibility", "unknown")])
    if sum(document.is_file for document in event.documents) >= MOST_FILES:
        raise UnfitFileError("too-many")
