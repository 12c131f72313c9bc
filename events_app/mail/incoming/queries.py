"""Reading the mail that came in."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.mail.models import IncomingMail

SHOWN = 200


def waiting_mail(session: Session, has_event: bool = False) -> list[IncomingMail]:
    """Return the mail that somebody has to look at, the earliest first, at most 200; perhaps only that about events."""
    waiting = select(IncomingMail).where(IncomingMail.settled_at.is_(None))
    if has_event:
        waiting = waiting.where(IncomingMail.event_id.is_not(None))
    return list(session.scalars(waiting.order_by(IncomingMail.received_at, IncomingMail.id).limit(SHOWN)))


def incoming_mail(session: Session, mail_id: int) -> IncomingMail | None:
    """Return a mail by its number, which may be one that no database can hold."""
    return session.get(IncomingMail, mail_id) if 0 < mail_id < 2**31 else None


def events_of_mail(session: Session, mails: Iterable[IncomingMail]) -> dict[int, Event]:
    """Return the events that mails are about, by id."""
    ids = {mail.event_id for mail in mails if mail.event_id is not None}
    return {event.id: event for event in session.scalars(select(Event).where(Event.id.in_(ids)))}
