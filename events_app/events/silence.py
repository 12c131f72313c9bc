"""Confirmed by silence: what reads as confirmed once its no-objection procedure has expired without objection.

The result is computed, never fired: a session that reads as of an instant (`read_as_of`) sees such an event exactly as
`actions/silence.py` stores it later, in what it loads and in what it selects by. Whoever writes stores first.
"""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, case, event
from sqlalchemy.orm import QueryContext, Session
from sqlalchemy.orm.attributes import set_committed_value

from events_app.events.models import CONFIRMED, PROPOSED, Event, EventChange

AS_OF = "as_of"
BY_SILENCE = "confirm-by-silence"
CHANGED: dict[str, list[Any]] = {"status": [PROPOSED, CONFIRMED]}


def read_as_of(session: Session, now: datetime) -> None:
    """Let a session that only reads see events as they are at an instant."""
    session.info[AS_OF] = now


def read_as_stored(session: Session) -> None:
    """Let a session see events as they are stored, for it is going to write."""
    session.info.pop(AS_OF, None)


def as_of(session: Session) -> datetime | None:
    """Return the instant as of which a session reads; None: as it is stored."""
    found: datetime | None = session.info.get(AS_OF)
    return found


def status_in(session: Session, of: type[Event] = Event) -> ColumnElement[str]:
    """Return the status of events as a session reads it."""
    return _as_read(session, of.status, CONFIRMED, of)


def published_in(session: Session, of: type[Event] = Event) -> ColumnElement[datetime | None]:
    """Return when events were first confirmed, as a session reads it."""
    return _as_read(session, of.published_at, of.silence_ends_at, of)


def modified_in(session: Session, of: type[Event] = Event) -> ColumnElement[datetime]:
    """Return when events last changed in what everybody sees, as a session reads it."""
    return _as_read(session, of.modified_at, of.silence_ends_at, of)


def is_expired(now: Any, of: type[Event] = Event) -> ColumnElement[bool]:
    """Return the condition that events are confirmed by silence at an instant and not stored so yet."""
    return and_(of.silence_ends_at <= now, of.status == PROPOSED)


def values_after_silence(expired: Event) -> dict[str, Any]:
    """Return what the silence makes of an event: the same whoever computes it, and whenever."""
    at = expired.silence_ends_at
    return {
        "status": CONFIRMED,
        "sequence": expired.sequence + 1,
        "version": expired.version + 1,
        "published_at": expired.published_at or at,
        "changed_at": at,
        "modified_at": at,
        "scheduled_at": at,
    }


def entries_as_read(expired: Event, stored: list[EventChange]) -> list[EventChange]:
    """Return the history of an event, the latest first, with the entry of its silence that may not be stored yet."""
    at = expired.silence_ends_at
    if at is None or expired.published_at != at or any(entry.verb == BY_SILENCE for entry in stored):
        return stored
    entry = EventChange(at=at, verb=BY_SILENCE, reason="", fields=CHANGED, sequence=expired.sequence)
    return [entry, *stored]


def _as_read(session: Session, stored: Any, after: Any, of: type[Event]) -> ColumnElement[Any]:
    now = as_of(session)
    return cast(ColumnElement[Any], stored if now is None else case((is_expired(now, of), after), else_=stored))


@event.listens_for(Event, "load")
def _load(loaded: Event, context: QueryContext) -> None:
    now = as_of(context.session)
    if now is None or loaded.silence_ends_at is None:
        return
    if loaded.status == PROPOSED and loaded.silence_ends_at <= now:
        for name, value in values_after_silence(loaded).items():
            set_committed_value(loaded, name, value)


@event.listens_for(Event, "refresh")
def _refresh(loaded: Event, context: QueryContext, names: Any) -> None:
    _load(loaded, context)
