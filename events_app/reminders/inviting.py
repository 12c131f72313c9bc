"""Reading invitations whose letters are due."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from events_app.events.models import Event, Invitation
from events_app.events.queries import events
from events_app.events.rules.attendance import OPEN_STATUSES
from events_app.mail.kinds import CHANGE_NOTICE, INVITATION
from events_app.mail.models import IN_DOUBT, SENT, SUPERSEDED, OutboxAttempt, OutboxMessage
from events_app.people.models import Person

Invited = tuple[Invitation, Event, Person]
LOOK_BACK = timedelta(days=30)


def unsent_invitations(session: Session, now: datetime) -> list[Invited]:
    """Return the open invitations to events ahead that have no letter yet, or one that was superseded."""
    written = select(OutboxMessage.id).where(
        *_about_invitation(), OutboxMessage.letter == INVITATION, OutboxMessage.state != SUPERSEDED,
        OutboxMessage.sequence == Invitation.sequence,
    )  # fmt: skip
    is_open = (Invitation.withdrawn_at.is_(None), Event.status.in_(OPEN_STATUSES), Event.starts_at > now)
    return _invited(session, *is_open, ~written.exists())


def withdrawn_invitations(session: Session, now: datetime) -> list[Invited]:
    """Return the invitations withdrawn lately from events ahead whose reader was, or may have been, told of them."""
    letters = OutboxMessage.letter.in_((INVITATION, CHANGE_NOTICE))
    told = select(OutboxAttempt.id).join(OutboxMessage, OutboxMessage.id == OutboxAttempt.outbox_message_id)
    told = told.where(*_about_invitation(), letters, OutboxAttempt.at >= Invitation.invited_at)
    told = told.where(OutboxAttempt.outcome.in_((SENT, IN_DOUBT)))
    return _invited(session, Invitation.withdrawn_at > now - LOOK_BACK, Event.starts_at > now, told.exists())


def _about_invitation() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    same_event = OutboxMessage.event_id == Invitation.event_id
    return same_event, OutboxMessage.person_id == Invitation.person_id


def _invited(session: Session, *conditions: ColumnElement[bool]) -> list[Invited]:
    rows = events().with_only_columns(Invitation, Event, Person, maintain_column_froms=True)
    joined = rows.join(Invitation, Invitation.event_id == Event.id).join(Person, Person.id == Invitation.person_id)
    return [(row[0], row[1], row[2]) for row in session.execute(joined.where(*conditions))]
