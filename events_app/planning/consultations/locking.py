"""Writers of one consultation queue up at its event."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.planning.models import Consultation


def locked(session: Session, consultation: Consultation) -> Event:
    """Return the event of a consultation, locked until the transaction ends, both as they are stored now.

    SQLite has no row locks and needs none: its writers queue at BEGIN IMMEDIATE.
    """
    session.flush()
    session.execute(select(Event.id).where(Event.id == consultation.event_id).with_for_update())
    session.refresh(consultation.event)
    session.refresh(consultation)
    return consultation.event
