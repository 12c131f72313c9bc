"""What the page of inviting says: which delegations are invited, which would be, and which have nobody to invite."""

from dataclasses import dataclass
from datetime import date

from events_app.dates.wall_time import local_of
from events_app.events.models import Event, Invitation
from events_app.events.queries import answers_of
from events_app.extensions import db
from events_app.people.models import Person
from events_app.people.queries import names_by_id
from events_app.rights.inviting import Guests, guests_of, may_invite
from events_app.web.access import current_reader, now
from events_app.web.attendance.delegations import in_protocol_order
from events_app.web.context import language
from events_app.web.rows import state_text
from events_app.words.attendance import answer_name


@dataclass(frozen=True)
class InvitedLine:
    """An invitation that is open: to whom, since when, and what the delegation answered (empty: nothing yet)."""

    id: int
    name: str
    invited_on: date
    answer: str


@dataclass(frozen=True)
class DelegationLine:
    """A delegation with the names of who would be invited, and those who are."""

    state: str
    names: list[str]
    invited: list[InvitedLine]


@dataclass(frozen=True)
class Invitees:
    """The page: to invite, invited, and the names of the delegations without a contact point who may see the event."""

    to_invite: list[DelegationLine]
    invited: list[DelegationLine]
    missing: list[str]

    @property
    def count(self) -> int:
        """How many contact points would be invited."""
        return sum(len(line.names) for line in self.to_invite)


def is_inviting(event: Event) -> bool:
    """Return whether the reader may invite to an event now."""
    return may_invite(current_reader(), event, now())


def invitees_of(event: Event) -> Invitees:
    """Return whom an event invites, in the order of delegations."""
    guests = {found.state_code: found for found in guests_of(db.session(), event, now())}
    lines = _lines(guests, event)
    missing = [state_text(code) for code in in_protocol_order(guests, event) if guests[code].is_missing]
    return Invitees([line for line in lines if line.names], [line for line in lines if line.invited], missing)


def people_to_invite(event: Event) -> list[tuple[Person, str]]:
    """Return who is invited when the button is pressed, each with the code of the delegation."""
    return [(person, found.state_code) for found in guests_of(db.session(), event, now()) for person in found.people]


def _lines(guests: dict[str, Guests], event: Event) -> list[DelegationLine]:
    invitations = [known for found in guests.values() for known in found.invitations]
    names = names_by_id(db.session(), (known.person_id for known in invitations))
    answers = {given.state_code: answer_name(given.answer, language()) for given in answers_of(db.session(), event.id)}
    return [
        DelegationLine(
            state_text(code),
            [person.name for person in guests[code].people],
            [_invited_line(known, names, answers, event) for known in guests[code].invitations],
        )
        for code in in_protocol_order(guests, event)
    ]


def _invited_line(
    known: Invitation, names: dict[int, str], answers: dict[str, str], event: Event
) -> InvitedLine:  # fmt: skip
    invited_on = local_of(known.invited_at, event.time_zone).date()
    return InvitedLine(known.id, names.get(known.person_id, ""), invited_on, answers.get(known.state_code, ""))
