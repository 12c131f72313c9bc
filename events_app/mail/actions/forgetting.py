"""Forgetting letters: that they were sent stays, to which address and what they said goes."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from events_app.mail.models import (
    EXPIRED,
    FAILED,
    IN_DOUBT,
    PENDING,
    SENT,
    STOPPED,
    SUPERSEDED,
    IncomingMail,
    OutboxMessage,
)

SETTLED = (SENT, FAILED, EXPIRED, SUPERSEDED, STOPPED)
BLANK_MAIL = {"sender": "", "subject": "", "message_id": "", "comment": "", "stored_as": ""}


def forget_letters(session: Session, keep: timedelta, now: datetime) -> None:
    """Blank the letters that were settled longer ago than `keep`."""
    old = (OutboxMessage.created_at < now - keep, OutboxMessage.address != "", OutboxMessage.state.in_(SETTLED))
    session.execute(update(OutboxMessage).where(*old).values(address="", rendered=None))


def forget_letters_to(session: Session, person_id: int) -> None:
    """Blank all letters to a person who was removed, and what came back; what still waited is not sent."""
    own = OutboxMessage.person_id == person_id
    waiting = OutboxMessage.state.in_((PENDING, IN_DOUBT, STOPPED))
    session.execute(update(OutboxMessage).where(own, waiting).values(state=SUPERSEDED))
    session.execute(update(OutboxMessage).where(own).values(address="", rendered=None))
    session.execute(update(IncomingMail).where(IncomingMail.person_id == person_id).values(BLANK_MAIL))
