"""Noting what became of a letter; each of these belongs in a transaction of its own."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from events_app.mail.actions.relay import pause_relay, resume_relay, suppress_address
from events_app.mail.kinds import MAY_GO_AGAIN, SECRET
from events_app.mail.models import (
    DATA,
    DOWN,
    FAILED,
    IN_DOUBT,
    MISCONFIGURED,
    PENDING,
    SENT,
    STOPPED,
    SUPERSEDED,
    OutboxAttempt,
    OutboxMessage,
)
from events_app.mail.outcomes import Delivered, Doubtful, Misconfigured, Outcome, Refused, RelayDown, TryLater
from events_app.mail.queries import doubt_to_resolve
from events_app.mail.relay_log import Findings
from events_app.mail.rules import FULL_MAILBOX_WAITS, USUAL_WAITS, doubt_ends_at, retry_at

REPLY_LENGTH = 1000
IN_THE_LOG = "taken, as the relay's log says:"
NOTHING_KNOWN = Findings()


def begin_data(session: Session, message: OutboxMessage, rendered: bytes, now: datetime) -> bytes:
    """Freeze the letter's bytes and note that it is about to go; return the bytes to send (those of the first time)."""
    message.rendered = message.rendered or rendered
    message.phase = DATA
    session.flush()
    return message.rendered


def mark(session: Session, message: OutboxMessage, outcome: Outcome, now: datetime) -> None:
    """Note what came back from the server, for the letter, its address and the relay."""
    match outcome:
        case Delivered(reply):
            mark_sent(session, message, reply, now)
            resume_relay(session)
        case Refused(reply, is_address_dead):
            mark_failed(session, message, reply, now)
            if is_address_dead:
                suppress_address(session, message.address, reply, now)
        case TryLater(reply, is_mailbox_full):
            mark_postponed(session, message, reply, now, FULL_MAILBOX_WAITS if is_mailbox_full else USUAL_WAITS)
        case Doubtful(reply):
            mark_in_doubt(session, message, reply, now)
        case RelayDown(reply):
            _settle(session, message, PENDING, message.last_reply)
            pause_relay(session, DOWN, reply, now)
        case Misconfigured(reply):
            # Postponed as well, so that the next letter, not this one again, finds out whether the relay works.
            mark_postponed(session, message, reply, now)
            pause_relay(session, MISCONFIGURED, reply, now)


def mark_sent(session: Session, message: OutboxMessage, reply: str, now: datetime) -> None:
    """Note that the server took the letter."""
    message.attempts += 1
    message.sent_at = now
    _tried(session, message, SENT, reply, now)


def mark_failed(session: Session, message: OutboxMessage, reply: str, now: datetime) -> None:
    """Give the letter up."""
    message.attempts += 1
    _tried(session, message, FAILED, reply, now)


def mark_postponed(
    session: Session,
    message: OutboxMessage,
    reply: str,
    now: datetime,
    waits: tuple[timedelta, ...] = USUAL_WAITS,
) -> None:
    """Try the letter again after the next of the waits; give it up when there is none left."""
    message.attempts += 1
    again_at = retry_at(message, now, waits)
    message.next_attempt_at = again_at or message.next_attempt_at
    _tried(session, message, PENDING if again_at else FAILED, reply, now)


def mark_in_doubt(session: Session, message: OutboxMessage, reply: str, now: datetime) -> None:
    """Note that nobody knows whether the server took the letter."""
    message.attempts += 1
    message.next_attempt_at = doubt_ends_at(message, now)
    _tried(session, message, IN_DOUBT, reply, now)


def supersede(session: Session, message: OutboxMessage, now: datetime, why: str = "") -> None:
    """Note that the facts behind the letter have changed, so that it may no longer go; `why` is a code for people."""
    message.facts = {**message.facts, "why": why}
    _settle(session, message, SUPERSEDED, message.last_reply)


def resolve_doubt(session: Session, now: datetime, found: Findings = NOTHING_KNOWN) -> int:
    """Decide the letters that were long enough in doubt; return how many of them the relay's log shows as taken.

    Those are sent; of the others the same bytes go again, or wait, stopped. A letter that was sent once before stands
    in the log for that, so it goes by the log no more.
    """
    known = 0
    for message in doubt_to_resolve(session, now):
        queue_id = found.taken.get(message.message_id) if message.sent_at is None else None
        if queue_id:
            message.sent_at = now
            _tried(session, message, SENT, f"{IN_THE_LOG} {queue_id}", now)
            known += 1
        else:
            may_go = message.letter in MAY_GO_AGAIN and retry_at(message, now) is not None
            reply = "; ".join(filter(None, (message.last_reply, found.trouble)))
            _settle(session, message, PENDING if may_go else STOPPED, reply)
    return known


def _tried(session: Session, message: OutboxMessage, outcome: str, reply: str, now: datetime) -> None:
    attempt = OutboxAttempt(
        outbox_message_id=message.id, at=now, owner=message.owner, outcome=outcome, reply=reply[:REPLY_LENGTH]
    )
    session.add(attempt)
    _settle(session, message, outcome, reply)


def _settle(session: Session, message: OutboxMessage, state: str, reply: str) -> None:
    message.state, message.phase, message.owner = state, None, None
    message.last_reply = reply[:REPLY_LENGTH]
    if message.letter in SECRET and state not in (PENDING, IN_DOUBT):
        message.rendered = None
    session.flush()
