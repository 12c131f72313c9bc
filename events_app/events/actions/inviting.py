"""Inviting contact points by mail, and withdrawing what was sent out."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.actions.writing import record_change
from events_app.events.errors import AnswersClosedError
from events_app.events.models import Event, Invitation
from events_app.events.queries import invitations_of
from events_app.events.rules.attendance import takes_answers
from events_app.events.rules.inviting import sequence_for
from events_app.people.models import Person

INVITE, WITHDRAW = "invite", "withdraw"


def invite(
    session: Session, event: Event, guests: Iterable[tuple[Person, str]], now: datetime, by_id: int | None = None
) -> list[Invitation]:
    """Invite people, each for a delegation (the code of its State), and return who is newly invited.

    Whoever has an open invitation keeps it; one that was withdrawn is open again. Raises AnswersClosedError.
    """
    if not takes_answers(event, now):
        raise AnswersClosedError(event.status)
    # Organisers queue up at the event, so that two who press the button at once invite everybody once.
    session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
    known = {invitation.person_id: invitation for invitation in invitations_of(session, event.id)}
    new = []
    for person, code in guests:
        invitation = known.setdefault(person.id, Invitation(event_id=event.id, person_id=person.id, withdrawals=0))
        if invitation.id is None or invitation.withdrawn_at is not None:
            _open(invitation, event, code, now, by_id)
            session.add(invitation)
            session.flush()
            new.append(invitation)
    if new:
        record_change(session, event, INVITE, by_id, now)
    return new


def withdraw(
    session: Session, event: Event, invitations: Iterable[Invitation], now: datetime, by_id: int | None = None
) -> list[Invitation]:
    """Withdraw invitations to an event and return which of them were open; what was answered stays."""
    withdrawn = [invitation for invitation in invitations if invitation.withdrawn_at is None]
    for invitation in withdrawn:
        invitation.withdrawn_at = now
        invitation.withdrawals += 1
    if withdrawn:
        record_change(session, event, WITHDRAW, by_id, now)
    return withdrawn


def _open(invitation: Invitation, event: Event, code: str, now: datetime, by_id: int | None) -> None:
    invitation.state_code, invitation.invited_at, invitation.invited_by_id = code, now, by_id
    invitation.withdrawn_at = None
    invitation.sequence = sequence_for(event, invitation)
