"""Invitations by mail: each once to everybody invited, and its end to those whose invitation was withdrawn."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from events_app.mail.actions.outbox import NewLetter
from events_app.mail.kinds import INVITATION
from events_app.partnership.queries import partnership
from events_app.reminders.inviting import Invited, unsent_invitations, withdrawn_invitations
from events_app.rights.inviting import may_be_invited, may_be_told


def invitations(session: Session, now: datetime) -> Iterator[NewLetter]:
    """Yield the letters of invitations given and withdrawn; what changes later is told by change notices."""
    given, withdrawn = unsent_invitations(session, now), withdrawn_invitations(session, now)
    if not (given or withdrawn):
        return
    facts = partnership(session)
    for invitation, event, person in given:
        if may_be_invited(person, invitation.state_code, event, facts, now):
            yield _request((invitation, event, person))
    for invitation, event, person in withdrawn:
        if may_be_told(person, invitation.state_code, event, facts, now):
            yield _cancel((invitation, event, person))


def _request(invited: Invited) -> NewLetter:
    invitation, event, person = invited
    return NewLetter(
        dedupe_key=_key(invited),
        letter=INVITATION,
        address=person.email,
        due_at=invitation.invited_at,
        expires_at=event.starts_at,
        person_id=person.id,
        event_id=event.id,
        sequence=invitation.sequence,
        event_start=event.local_start_text(),
        event_zone=event.time_zone,
        event_status=event.status,
        facts={"invitation": invitation.id, "is_withdrawn": False},
    )


def _cancel(invited: Invited) -> NewLetter:
    invitation, event, person = invited
    return NewLetter(
        dedupe_key=f"{_key(invited)}:withdrawn",
        letter=INVITATION,
        address=person.email,
        due_at=invitation.withdrawn_at or invitation.invited_at,
        expires_at=event.starts_at,
        person_id=person.id,
        event_id=event.id,
        sequence=invitation.sequence,
        facts={"invitation": invitation.id, "is_withdrawn": True},
    )


def _key(invited: Invited) -> str:
    """Return the key of one invitation: its SEQUENCE is that of the day it was given, and another when given again."""
    invitation, event, person = invited
    return f"{INVITATION}:{event.id}:{invitation.sequence}:{person.id}"
