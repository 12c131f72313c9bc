"""Taking an event through its life: propose, confirm, postpone, cancel, restore."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_app.events.actions.modified import is_public, note_parent, note_shown
from events_app.events.actions.writing import record_change
from events_app.events.errors import ReasonNeededError, StaleEventError
from events_app.events.models import CANCELLED, CONFIRMED, POSTPONED, PROPOSED, Event
from events_app.events.rules.life import NEEDS_REASON, status_after


def take_step(
    session: Session, event: Event, step: str, now: datetime, *,
    person_id: int | None = None, reason: str = "", version: int | None = None,
) -> Event:  # fmt: skip
    """Take an event through a step of its life; the status changes and the sequence rises.

    Raises WrongStatusError, ReasonNeededError, StaleEventError if another version than `version` is stored.
    """
    if version is not None and event.version != version:
        raise StaleEventError(version, event.version)
    status = status_after(event, step, now)
    if step in NEEDS_REASON and not reason.strip():
        raise ReasonNeededError(step)
    was, was_public = event.status, is_public(event)
    event.status_before = _to_return_to(event, was) if status in (POSTPONED, CANCELLED) else None
    event.status, event.status_reason = status, reason.strip()
    event.published_at = event.published_at or (now if status == CONFIRMED else None)
    event.silence_ends_at = None
    event.sequence += 1
    event.scheduled_at = now
    note_shown(event, now)
    note_parent(event, was_public, now)
    record_change(session, event, step, person_id, now, fields={"status": [was, status]}, reason=reason.strip())
    return event


def _to_return_to(event: Event, was: str) -> str:
    """Return the status that a later restore leads to: the one before, never cancelled."""
    if was != CANCELLED:
        return was
    return CONFIRMED if event.published_at else PROPOSED
