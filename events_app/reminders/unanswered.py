"""Who has not answered an invitation, and is asked again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.models import Answer, Event, Invitation
from events_app.events.rules.table import invited_codes
from events_app.people.models import CONTACT_POINT
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may


@dataclass(frozen=True)
class Responses:
    """What came back so far: who was invited by mail, as (person, State), and which States have answered, by event."""

    invited: Mapping[int, set[tuple[int, str]]]
    answered: Mapping[int, set[str]]


def responses_to(session: Session, events: Iterable[Event]) -> Responses:
    """Return the open invitations and the answers to some events, in two queries."""
    ids = [event.id for event in events]
    invited: dict[int, set[tuple[int, str]]] = defaultdict(set)
    answered: dict[int, set[str]] = defaultdict(set)
    is_open = (Invitation.event_id.in_(ids), Invitation.withdrawn_at.is_(None))
    for invitation in session.scalars(select(Invitation).where(*is_open)):
        invited[invitation.event_id].add((invitation.person_id, invitation.state_code))
    for row in session.execute(select(Answer.event_id, Answer.state_code).where(Answer.event_id.in_(ids))):
        answered[row.event_id].add(row.state_code)
    return Responses(invited, answered)


def unanswered_codes_of(reader: Reader, event: Event, responses: Responses, now: datetime) -> set[str]:
    """Return the delegations for which a reader is asked and nobody has answered; empty where answers are closed.

    Where anybody was invited by mail those people are asked, else the contact points of all delegations invited.
    """
    by_mail = responses.invited.get(event.id)
    own = {code for code, role in reader.posts if role == CONTACT_POINT} - responses.answered.get(event.id, set())
    if event.answer_by is None or not own:
        return set()
    if by_mail:
        asked = own & {code for person_id, code in by_mail if person_id == reader.person_id}
    else:
        asked = own & invited_codes(event, reader.partnership)
    return asked if asked and may(reader, Action.ANSWER, event, now) else set()
