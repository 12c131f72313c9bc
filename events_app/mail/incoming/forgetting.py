"""Forgetting mail that came in: that it came stays, from whom and what it said goes."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from events_app.mail.actions.forgetting import BLANK_MAIL
from events_app.mail.models import IncomingMail


def forget_mail(session: Session, keep: timedelta, now: datetime) -> None:
    """Blank the mail that came in longer ago than `keep`; nobody has to look at it any more."""
    old = (IncomingMail.received_at < now - keep, IncomingMail.sender + IncomingMail.stored_as != "")
    session.execute(update(IncomingMail).where(*old).values(BLANK_MAIL))
    waiting = (IncomingMail.received_at < now - keep, IncomingMail.settled_at.is_(None))
    session.execute(update(IncomingMail).where(*waiting).values(settled_at=now))


def names_of_kept_mail(session: Session) -> set[str]:
    """Return the names of the files that some mail still names."""
    return set(session.scalars(select(IncomingMail.stored_as).where(IncomingMail.stored_as != "")))
