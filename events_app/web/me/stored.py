"""Everything that is stored about a person, for that person to see and take along."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from events_app.events.models import Answer, Event, EventChange, Invitation, Lesson, Suggestion
from events_app.feeds.models import FeedFetch, FeedLink
from events_app.mail.models import OutboxMessage
from events_app.people.models import Person, Post, SignInLink, SignInSession
from events_app.planning.models import Consultation, PollAnswer, Reaction, ShadowCalendar
from events_app.reminders.models import LetterPreference, PreparationStep
from events_app.shared.database import Base
from events_app.trail.models import TrailEntry

EVENT_CONTENT = {
    "event_change": ("fields", "reason", "sequence"),
    "outbox_message": ("event_start", "event_zone", "event_status", "sequence"),
}
SECRET = ("digest", "rendered", "facts", "dedupe_key", "message_id", "owner")


@dataclass(frozen=True)
class Drawer:
    """One table's rows about a person."""

    name: str
    rows: list[dict[str, Any]]


def stored_about(session: Session, person: Person) -> list[Drawer]:
    """Return everything stored about a person, table by table, without secrets and without what events say.

    Instants and dates are in ISO 8601.
    """
    conditions: list[tuple[type[Base], ColumnElement[bool]]] = [
        (Person, Person.id == person.id),
        (Post, Post.person_id == person.id),
        (SignInSession, SignInSession.person_id == person.id),
        (SignInLink, SignInLink.person_id == person.id),
        (LetterPreference, LetterPreference.person_id == person.id),
        (FeedLink, FeedLink.person_id == person.id),
        (FeedFetch, FeedFetch.link_id.in_(select(FeedLink.id).where(FeedLink.person_id == person.id))),
        (OutboxMessage, (OutboxMessage.person_id == person.id) | (OutboxMessage.address == person.email)),
        (Answer, Answer.answered_by_id == person.id),
        (Invitation, (Invitation.person_id == person.id) | (Invitation.invited_by_id == person.id)),
        (Suggestion, Suggestion.suggested_by_id == person.id),
        (Lesson, Lesson.noted_by_id == person.id),
        (PreparationStep, (PreparationStep.assigned_to_id == person.id) | (PreparationStep.done_by_id == person.id)),
        (Consultation, Consultation.opened_by_id == person.id),
        (PollAnswer, PollAnswer.answered_by_id == person.id),
        (Reaction, Reaction.by_id == person.id),
        (EventChange, EventChange.person_id == person.id),
        (ShadowCalendar, ShadowCalendar.imported_by_id == person.id),
        (TrailEntry, TrailEntry.person_id == person.id),
    ]
    drawers = [_drawer(session, table, condition) for table, condition in conditions]
    drafted = session.scalars(select(Event.id).where(Event.drafted_by_id == person.id))
    return [*drawers, Drawer("event", [{"drafted": event_id} for event_id in drafted])]


def _drawer(session: Session, table: type[Base], condition: ColumnElement[bool]) -> Drawer:
    left_out = {*SECRET, *EVENT_CONTENT.get(table.__tablename__, ())}
    columns = [column for column in table.__table__.columns if column.key not in left_out]
    rows = session.execute(select(*columns).where(condition)).mappings()
    return Drawer(table.__tablename__, [{key: _plain(value) for key, value in row.items()} for row in rows])


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (datetime, date, time)) else value
