"""Imports that were done, as the trail tells of them: asking for the same one twice is no mistake."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.feeds.importing.waiting import waiting_digest
from events_app.trail.actions import record_deed
from events_app.trail.models import TrailEntry

VERB, THING, EVENT = "import", "file", "event"
LONGEST_ID = 40  # what the trail holds of a digest


@dataclass(frozen=True)
class DoneImport:
    """When a file was imported, and the ids of the events that were created or changed by it."""

    at: datetime
    event_ids: tuple[int, ...]


def record_import(session: Session, person_id: int, name: str, now: datetime) -> None:
    """Write into the trail that a person imported what waited under a name."""
    record_deed(session, person_id, VERB, THING, waiting_digest(name)[:LONGEST_ID], now)


def done_import(session: Session, person_id: int, name: str) -> DoneImport | None:
    """Return when this person last imported what once waited under a name; None if that never was."""
    digest = waiting_digest(name)[:LONGEST_ID]
    theirs = select(TrailEntry).where(TrailEntry.person_id == person_id)
    deeds = theirs.where(TrailEntry.verb == VERB, TrailEntry.thing == THING, TrailEntry.thing_id == digest)
    deed = session.scalars(deeds.order_by(TrailEntry.id.desc()).limit(1)).first() if digest else None
    if deed is None:
        return None
    written = session.scalars(theirs.where(TrailEntry.at == deed.at, TrailEntry.thing == EVENT))
    return DoneImport(deed.at, tuple(sorted({int(entry.thing_id) for entry in written})))
