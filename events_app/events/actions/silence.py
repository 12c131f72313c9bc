"""Storing what already reads as confirmed by silence."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.actions.modified import note_inner
from events_app.events.actions.writing import record_change
from events_app.events.models import Event
from events_app.events.silence import BY_SILENCE, CHANGED, is_expired, read_as_stored, values_after_silence

SILENCE_LOST = "lose-silence"


def store_silence(session: Session, now: datetime) -> list[Event]:
    """Store the events that silence has confirmed, with the values they read with, and return them."""
    read_as_stored(session)
    found = list(session.scalars(select(Event).where(is_expired(now)).order_by(Event.id)))
    for expired in found:
        _store(session, expired)
    return found


def forget_silence(session: Session, now: datetime) -> list[Event]:
    """Leave those events proposed whose procedure expired in days that are lost: nobody knows who objected then."""
    read_as_stored(session)
    found = list(session.scalars(select(Event).where(is_expired(now)).order_by(Event.id)))
    for event in found:
        event.silence_ends_at = None
        note_inner(event, now)
        record_change(session, event, SILENCE_LOST, None, now)
    return found


def _store(session: Session, expired: Event) -> None:
    values = values_after_silence(expired)
    del values["version"]  # the mapper counts it
    for name, value in values.items():
        setattr(expired, name, value)
    record_change(session, expired, BY_SILENCE, None, expired.modified_at, fields=CHANGED)
