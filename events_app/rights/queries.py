"""Who is asking, and which events the public may see."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from events_app.events.models import CANCELLED, CONFIRMED, POSTPONED, PUBLIC, Event
from events_app.events.silence import published_in, status_in
from events_app.partnership.queries import partnership
from events_app.people.models import Person
from events_app.rights.models import Reader
from events_app.rights.rules import reader_for


def reader_of(session: Session, person: Person | None, now: datetime) -> Reader:
    """Return what a person (None: the public) may rely on today."""
    return reader_for(person, partnership(session), now.date())


def is_public_event(session: Session) -> ColumnElement[bool]:
    """Return the condition that the public may see an event; the same as `may(public, SEE, event)`."""
    return and_(
        Event.visibility == PUBLIC,
        published_in(session).is_not(None),
        status_in(session).in_((CONFIRMED, POSTPONED, CANCELLED)),
    )
