"""Letters that go once more because a person says so."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.mail.actions.restoring import RESTORED
from events_app.mail.errors import NotAgainError
from events_app.mail.models import IN_DOUBT, PENDING, STOPPED, OutboxMessage
from events_app.mail.queries import suppressed_among
from events_app.mail.rules import expires_again_at, why_not_again
from events_app.trail.actions import record_deed

STOPPED_BY_RESTORE = (OutboxMessage.state == STOPPED, OutboxMessage.last_reply == RESTORED)


def send_again(session: Session, message: OutboxMessage, now: datetime, *, by_id: int | None = None) -> None:
    """Let a letter go again with the next pass, under its old Message-ID; raises NotAgainError.

    It is written anew, unless its reader may have it already: then the same bytes fold in mail programs.
    """
    event = session.get(Event, message.event_id) if message.event_id else None
    reason = why_not_again(message, event, bool(suppressed_among(session, [message.address])), now)
    if reason:
        raise NotAgainError(reason)
    if message.state not in (IN_DOUBT, STOPPED):
        message.rendered = None
    message.expires_at = expires_again_at(message, event, now)
    message.state, message.phase, message.owner = PENDING, None, None
    message.attempts, message.next_attempt_at = 0, now
    record_deed(session, by_id, "send-again", "letter", message.id, now)
    session.flush()


def release_stopped(session: Session, now: datetime, *, by_id: int | None = None) -> int:
    """Let all letters go that a restored backup had stopped; those that doubt stopped are decided one by one."""
    let_go = update(OutboxMessage).where(*STOPPED_BY_RESTORE).values(state=PENDING, last_reply="")
    released = session.scalars(let_go.returning(OutboxMessage.id)).all()
    if released:
        record_deed(session, by_id, "release-letters", "letter", len(released), now)
    session.flush()
    return len(released)


def stopped_count(session: Session) -> int:
    """Return how many letters a restored backup has stopped."""
    return session.scalar(select(func.count()).where(*STOPPED_BY_RESTORE)) or 0
