"""Accepting what stands in the way: who saved an event, or left its date, all the same, and why."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.planning.clashes.queries import accepted_clashes
from events_app.planning.models import AcceptedClash
from events_app.trail.actions import record_deed


def accept_clashes(
    session: Session, event: Event, keys: Iterable[str], reason: str, now: datetime, *, person_id: int | None
) -> None:
    """Keep that somebody accepted clashes of an event, with the reason; what was accepted before stays as it was."""
    new = sorted(set(keys) - accepted_clashes(session, event.id).keys())
    kept = {"event_id": event.id, "reason": reason, "accepted_at": now, "accepted_by_id": person_id}
    session.add_all(AcceptedClash(clash=key, **kept) for key in new)
    if new:
        record_deed(session, person_id, "accept-clash", "event", event.id, now)
    session.flush()


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
