"""Accepting that an event stays where it is although a holiday near it has become certain."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.planning.models import AcceptedClash
from events_app.trail.actions import record_deed


def accept_date(
    session: Session, event: Event, key: str, reason: str, now: datetime, *, by_id: int | None
) -> AcceptedClash:
    """Keep that somebody left an event's date as it is, and why; a later reason stands in place of an earlier one."""
    known = select(AcceptedClash).where(AcceptedClash.event_id == event.id, AcceptedClash.clash == key)
    accepted = session.scalar(known) or AcceptedClash(event_id=event.id, clash=key)
    accepted.reason, accepted.accepted_at, accepted.accepted_by_id = reason, now, by_id
    session.add(accepted)
    record_deed(session, by_id, "accept-clash", "event", event.id, now)
    session.flush()
    return accepted
