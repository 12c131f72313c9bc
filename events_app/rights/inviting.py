"""Who is invited by mail, and who may be told of it: asked by pages and letters, by the rights of now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from events_app.events.models import Event, Invitation
from events_app.events.queries import invitations_of
from events_app.events.rules.attendance import takes_answers
from events_app.events.rules.inviting import schedules_for
from events_app.events.rules.table import invited_codes
from events_app.partnership.queries import partnership
from events_app.partnership.rules import Partnership
from events_app.people.models import Person
from events_app.people.queries import contact_points
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may, reader_for


@dataclass(frozen=True)
class Guests:
    """Of one delegation: the contact points who are to be invited, and the invitations that are open.

    Without either it has no contact point who may see the event.
    """

    state_code: str
    people: tuple[Person, ...]
    invitations: tuple[Invitation, ...]

    @property
    def is_missing(self) -> bool:
        """Whether nobody of the delegation can be invited."""
        return not self.people and not self.invitations


def may_invite(reader: Reader, event: Event, now: datetime) -> bool:
    """Return whether a reader may invite to an event: organisers, while it takes answers."""
    return takes_answers(event, now) and may(reader, Action.EDIT, event, now)


def may_be_told(person: Person, state_code: str, event: Event, facts: Partnership, now: datetime) -> bool:
    """Return whether somebody is still contact point of a delegation and may see the event."""
    is_in_office = schedules_for(person, state_code, now.date())
    return is_in_office and may(reader_for(person, facts, now.date()), Action.SEE, event, now)


def may_be_invited(person: Person, state_code: str, event: Event, facts: Partnership, now: datetime) -> bool:
    """Return whether an invitation for a delegation may go to somebody, as event and posts stand now."""
    may_know = takes_answers(event, now) and may_be_told(person, state_code, event, facts, now)
    return may_know and state_code in invited_codes(event, facts)


def speaks_for(person: Person, state_code: str, event: Event, facts: Partnership, now: datetime) -> bool:
    """Return whether somebody who was invited still belongs to the delegation, it is invited, and the event in sight.

    Unlike `may_answer_for` it opens nothing to a secretary: an invitation is answered for its own delegation.
    """
    reader = reader_for(person, facts, now.date())
    is_asked = state_code in reader.state_codes & invited_codes(event, facts)
    return is_asked and may(reader, Action.SEE, event, now)


def guests_of(session: Session, event: Event, now: datetime) -> list[Guests]:
    """Return every delegation that an event invites, or that holds an open invitation, by code.

    Who is contact point of two delegations is invited once, for the first.
    """
    facts = partnership(session)
    invitations = [known for known in invitations_of(session, event.id) if known.withdrawn_at is None]
    codes = sorted(invited_codes(event, facts) | {known.state_code for known in invitations})
    people = contact_points(session, codes, now.date())
    return list(_guests(codes, people, invitations, event, facts, now))


def _guests(
    codes: Sequence[str], people: Sequence[Person], invitations: Sequence[Invitation], event: Event,
    facts: Partnership, now: datetime,
) -> Iterator[Guests]:  # fmt: skip
    placed = {known.person_id for known in invitations}
    for code in codes:
        able = [p for p in people if p.id not in placed and may_be_invited(p, code, event, facts, now)]
        placed.update(person.id for person in able)
        yield Guests(code, tuple(able), tuple(known for known in invitations if known.state_code == code))
