"""The invitation of a contact point, with the event for the calendar and a page to answer on; and its end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from events_app.events.models import Event, Invitation
from events_app.events.rules.table import chair_line
from events_app.feeds.entries import event_place
from events_app.letters.at_hand import event_at_hand, partnership_at_hand, person_with_posts
from events_app.letters.calendar_part import calendar_part
from events_app.letters.office import Office, letter_to
from events_app.letters.sight import no_longer_holds, remember_what_is_shown
from events_app.letters.times import times_of
from events_app.mail.answer_link import answer_token
from events_app.mail.models import OutboxMessage
from events_app.partnership.rules import Partnership
from events_app.people.models import Person
from events_app.rights.inviting import may_be_invited, may_be_told
from events_app.rights.models import Reader
from events_app.rights.rules import reader_for
from events_app.words.chairs import chairs_text
from events_app.words.dates import day_text
from events_app.words.states import state_name
from events_app.words.titles import event_title


@dataclass(frozen=True)
class Invited:
    """Who is told what: the invitation, its event and its reader, and the partnership as it stands."""

    invitation: Invitation
    event: Event
    person: Person
    facts: Partnership

    def reader(self, now: datetime) -> Reader:
        """Return what the person may rely on today."""
        return reader_for(self.person, self.facts, now.date())


def write(session: Session, message: OutboxMessage, office: Office, now: datetime) -> bytes | None:
    """Return the letter's bytes; None if the invitation no longer stands as it did, or its reader may not know."""
    found = _invited(session, message, now)
    if found is None:
        return None
    remember_what_is_shown(message, found.event, found.reader(now), now)
    part = calendar_part(session, found.event, found.person, found.invitation, office, now)
    facts = _facts(session, found, bool(message.facts["is_withdrawn"]), office)
    return letter_to(found.person, message, facts, office, now, thread=f"<{found.event.uid}>", calendar=part)


def may_go(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether the invitation still stands as it did, and its reader may still know of it."""
    return _invited(session, message, now) is not None


def is_outdated(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether what the bytes written earlier say is no longer so, or not for the reader any more."""
    found = _invited(session, message, now)
    return found is not None and no_longer_holds(message, found.event, found.reader(now), now)


def answer_link(office: Office, invitation: Invitation, language: str) -> str:
    """Return the address at which an invitation is answered without signing in."""
    token = answer_token(office.settings.signing_key, invitation)
    return office.address(f"/answer/{token}?lang={language}")


def _invited(session: Session, message: OutboxMessage, now: datetime) -> Invited | None:
    invitation = session.get(Invitation, message.facts["invitation"])
    event = event_at_hand(session, message.event_id or 0)
    person = person_with_posts(session, message.person_id)
    if invitation is None or event is None or person is None or invitation.sequence != message.sequence:
        return None
    is_withdrawn = bool(message.facts["is_withdrawn"])
    if is_withdrawn != (invitation.withdrawn_at is not None):
        return None
    facts, may_know = partnership_at_hand(session), may_be_told if is_withdrawn else may_be_invited
    is_known = may_know(person, invitation.state_code, event, facts, now)
    return Invited(invitation, event, person, facts) if is_known else None


def _facts(session: Session, found: Invited, is_withdrawn: bool, office: Office) -> dict[str, Any]:
    event, language = found.event, found.person.language
    line = chair_line(event, found.facts)
    return {
        **times_of(event, found.person),
        "is_withdrawn": is_withdrawn,
        "title": event_title(event, language),
        "place": event_place(event),
        "chairs": chairs_text(line, language),
        "inviter": _inviter(session, found.invitation),
        "state": state_name(found.invitation.state_code, language),
        "answer_by": day_text(event.answer_by, language) if event.answer_by else "",
        "address": answer_link(office, found.invitation, language),
    }


def _inviter(session: Session, invitation: Invitation) -> str:
    """Return the name of who invited; empty if nobody knows any more."""
    person = session.get(Person, invitation.invited_by_id or 0)
    return person.name if person else ""
