"""Taking letters out of the outbox, and putting them back."""

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from events_app.mail.actions.marking import mark_failed, mark_in_doubt, mark_postponed, supersede
from events_app.mail.kinds import ASKED_FOR, SECRET
from events_app.mail.models import CLAIMED, DATA, EXPIRED, PENDING, SENDING, OutboxMessage
from events_app.mail.queries import events_of, is_relay_paused, letters_of, suppressed_among
from events_app.mail.replies import SUPPRESSED_REPLY
from events_app.mail.rules import misfit

FREE = {"state": PENDING, "phase": None, "owner": None}
ENDED_IN_DATA = "the worker ended while the server was receiving the letter"
ENDED_EARLY = "the worker ended while preparing the letter"


def claim(session: Session, owner: str, now: datetime, limit: int = 40) -> list[OutboxMessage]:
    """Take up to `limit` due letters for a worker, in sending order; empty only if none may go now.

    Letters that no longer fit their event are superseded, those to addresses that are dead fail.
    """
    if is_relay_paused(session, now):
        return []
    taken = _taken(session, owner, now, limit)
    going = _going(session, taken, now)
    return going if going or not taken else claim(session, owner, now, limit)


def drop_expired(session: Session, now: datetime) -> int:
    """Let go of the waiting letters whose time is over; return how many."""
    is_over = (OutboxMessage.state == PENDING) & (OutboxMessage.expires_at <= now)
    dropped = session.scalars(update(OutboxMessage).where(is_over).values(state=EXPIRED).returning(OutboxMessage.id))
    ids = list(dropped)
    secret = OutboxMessage.id.in_(ids) & OutboxMessage.letter.in_(SECRET)
    session.execute(update(OutboxMessage).where(secret).values(rendered=None))
    return len(ids)


def release(session: Session, owner: str) -> None:
    """Put back what a worker has claimed and not begun to send."""
    begun = (OutboxMessage.owner == owner, OutboxMessage.state == SENDING, OutboxMessage.phase == CLAIMED)
    session.execute(update(OutboxMessage).where(*begun).values(FREE))


def reclaim(session: Session, owner: str, now: datetime) -> int:
    """Take back the letters of a worker that is dead; return how many of them are in doubt.

    Letters are sent in order, so the first of them is the one on which the worker ended: it counts as an attempt,
    and if that happens to it again it waits, so that it cannot end one worker after the other.
    """
    held = letters_of(session, owner)
    doubtful = [message for message in held if message.phase == DATA]
    for message in doubtful:
        mark_in_doubt(session, message, ENDED_IN_DATA, now)
    if held and not doubtful:
        _blame(session, held[0], now)
    release(session, owner)
    return len(doubtful)


def _taken(session: Session, owner: str, now: datetime, limit: int) -> list[OutboxMessage]:
    in_time = or_(OutboxMessage.expires_at.is_(None), OutboxMessage.expires_at > now)
    due = (OutboxMessage.state == PENDING, OutboxMessage.next_attempt_at <= now, in_time)
    order = (OutboxMessage.next_attempt_at, OutboxMessage.id)
    # SQLite has no FOR UPDATE and needs none: its writers queue at BEGIN IMMEDIATE.
    rows = select(OutboxMessage.id).where(*due).order_by(*order).limit(limit).with_for_update(skip_locked=True)
    mine = OutboxMessage.id.in_(select(rows.cte("due").c.id))
    values = {"state": SENDING, "phase": CLAIMED, "owner": owner}
    statement = update(OutboxMessage).where(mine).values(values).returning(OutboxMessage)
    options = {"populate_existing": True, "synchronize_session": False}
    taken = session.scalars(statement, execution_options=options).all()
    return sorted(taken, key=lambda message: (message.next_attempt_at, message.id))


def _going(session: Session, taken: list[OutboxMessage], now: datetime) -> list[OutboxMessage]:
    events, dead = events_of(session, taken), suppressed_among(session, (m.address for m in taken))
    going = []
    for message in taken:
        reply = None if message.letter in ASKED_FOR else dead.get(message.address.lower())
        why = misfit(message, events.get(message.event_id or 0))
        if why:
            supersede(session, message, now, why)
        elif reply is not None:
            mark_failed(session, message, f"{SUPPRESSED_REPLY}: {reply}", now)
        else:
            going.append(message)
    return going


def _blame(session: Session, message: OutboxMessage, now: datetime) -> None:
    if message.attempts:
        mark_postponed(session, message, ENDED_EARLY, now)
    else:
        message.attempts, message.last_reply = 1, ENDED_EARLY
        session.flush()
