"""Settling a mail that somebody has looked at."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_app.mail.models import IncomingMail
from events_app.trail.actions import record_deed


def settle_mail(session: Session, mail: IncomingMail, now: datetime, person_id: int | None = None) -> IncomingMail:
    """Note who has dealt with a mail; one that is settled already stays as it is."""
    if mail.settled_at is None:
        mail.settled_at, mail.settled_by_id = now, person_id
        record_deed(session, person_id, "settle", "incoming-mail", mail.id, now)
        session.flush()
    return mail
