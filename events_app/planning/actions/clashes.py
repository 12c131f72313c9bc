"""Accepting clashes: who saved an event all the same, and why."""

from collections.abc import Iterable
from datetime import datetime

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
