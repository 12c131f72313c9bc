"""The life of an event: which step is open in which status, and how a status reads at an instant."""

from datetime import datetime

from events_app.events.errors import WrongStatusError
from events_app.events.models import CANCELLED, CONFIRMED, DRAFT, POSTPONED, PROPOSED, Event

HELD = "held"
PROPOSE, CONFIRM, POSTPONE, CANCEL, RESTORE = "propose", "confirm", "postpone", "cancel", "restore"
STEPS = (PROPOSE, CONFIRM, POSTPONE, CANCEL, RESTORE)
FROM = {
    PROPOSE: (DRAFT,),
    CONFIRM: (DRAFT, PROPOSED, POSTPONED),
    POSTPONE: (PROPOSED, CONFIRMED),
    CANCEL: (PROPOSED, CONFIRMED, POSTPONED),
    RESTORE: (POSTPONED, CANCELLED),
}
TO = {PROPOSE: PROPOSED, CONFIRM: CONFIRMED, POSTPONE: POSTPONED, CANCEL: CANCELLED}
NEEDS_REASON = (CANCEL,)
COUNTED = (CONFIRMED,)


def reads_as(event: Event, now: datetime) -> str:
    """Return the status that people see: the stored one, or held (confirmed and over)."""
    return HELD if event.status == CONFIRMED and event.ends_at <= now else event.status


def is_over(event: Event, now: datetime) -> bool:
    """Return whether the event's end has passed."""
    return event.ends_at <= now


def open_steps(event: Event, now: datetime) -> tuple[str, ...]:
    """Return the steps that the status allows; what was held stays as it is."""
    if reads_as(event, now) == HELD:
        return ()
    return tuple(step for step in STEPS if event.status in FROM[step])


def status_after(event: Event, step: str, now: datetime) -> str:
    """Return the status that a step leads to; raises WrongStatusError."""
    if step not in open_steps(event, now):
        raise WrongStatusError(step, reads_as(event, now))
    return (event.status_before or DRAFT) if step == RESTORE else TO[step]
