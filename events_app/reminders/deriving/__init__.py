"""Deriving letters from facts: what is due now, each letter once."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from events_app.mail.actions.outbox import NewLetter, enqueue
from events_app.reminders.deriving.event_reminders import event_reminders

Source = Callable[[Session, datetime], Iterable[NewLetter]]
SOURCES: tuple[Source, ...] = (event_reminders,)


def derive_letters(session: Session, secret: str, host: str, now: datetime) -> int:
    """Put every letter that is due into the outbox and return how many were new; a repeated pass adds nothing twice."""
    return sum(enqueue(session, source(session, now), secret, now, host=host) for source in SOURCES)
