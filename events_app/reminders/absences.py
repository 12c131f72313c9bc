"""Why somebody has no reminder of an event: the question that secretaries are asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from events_app.events.models import CONFIRMED, Event
from events_app.events.rules.table import invited_codes
from events_app.mail.kinds import EVENT_REMINDER
from events_app.mail.models import SUPERSEDED, OutboxMessage
from events_app.people.models import CONTACT_POINT, Person, Post
from events_app.people.queries import posts_held
from events_app.reminders.models import IN_DIGEST, NOT_AT_ALL
from events_app.reminders.preferences import Modes, modes_of_readers
from events_app.reminders.queries import Audience, audience, readers_to_remind
from events_app.reminders.rules import PARTS, Days, days_for, reminders_due
from events_app.rights.models import Action
from events_app.rights.rules import may

NOT_CONFIRMED, NO_REMINDERS, NO_ROLE, NO_SIGHT = "not-confirmed", "no-reminders", "no-role", "no-sight"
DECLINED, DIGEST, NOT_YET, TOO_LATE = "declined", "digest", "not-yet", "too-late"

Reminded = dict[int, tuple[Days, datetime]]


@dataclass(frozen=True)
class Absence:
    """Somebody without a reminder, and why as a code; `at` is when the first one is due, if it is still to come."""

    person: Person
    why: str
    at: datetime | None = None


def absences(session: Session, event: Event, now: datetime) -> list[Absence]:
    """Return who of the Section and the invited delegations has no reminder of an event, by name.

    A constant number of queries; roles and rights are those of now.
    """
    who, modes = audience(session, now), modes_of_readers(session)
    people = {person.id: person for person, _ in who.readers}
    people.update(_members(session, invited_codes(event, who.partnership), now))
    about = {person.id: (days, since) for person, days, since in readers_to_remind(event, who)}
    told = _reminded(session, event.id)
    found = (_absence(event, person, who, about, modes) for key, person in people.items() if key not in told)
    return sorted(found, key=lambda absence: (absence.person.name, absence.person.id))


def _absence(event: Event, person: Person, who: Audience, about: Reminded, modes: Modes) -> Absence:
    mode = modes.get((person.id, EVENT_REMINDER))
    if event.status != CONFIRMED:
        return Absence(person, NOT_CONFIRMED)
    if not any(days_for(event, part, who.rules) for part in PARTS):
        return Absence(person, NO_REMINDERS)
    if person.id not in about:
        return Absence(person, _why_not_concerned(event, person, who))
    if mode in (NOT_AT_ALL, IN_DIGEST):
        return Absence(person, DECLINED if mode == NOT_AT_ALL else DIGEST)
    days, since = about[person.id]
    ahead = [due.fires_at for due in reminders_due(event, days) if due.valid_until > max(who.now, since)]
    return Absence(person, NOT_YET, max(ahead[0], who.now)) if ahead else Absence(person, TOO_LATE)


def _why_not_concerned(event: Event, person: Person, who: Audience) -> str:
    reader = next((reader for other, reader in who.readers if other.id == person.id), None)
    if reader is None:
        return NO_ROLE
    if not may(reader, Action.SEE, event, who.now):
        return NO_SIGHT
    held = {code for code, role in reader.posts if role == CONTACT_POINT}
    return NO_REMINDERS if reader.is_secretary or held & invited_codes(event, who.partnership) else NO_ROLE


def _members(session: Session, codes: set[str], now: datetime) -> dict[int, Person]:
    held = select(Post.person_id).where(Post.state_code.in_(codes), posts_held(now.date()))
    rows = select(Person).where(Person.id.in_(held)).options(selectinload(Person.posts))
    return {person.id: person for person in session.scalars(rows)}


def _reminded(session: Session, event_id: int) -> set[int | None]:
    about = (OutboxMessage.event_id == event_id, OutboxMessage.letter == EVENT_REMINDER)
    return set(session.scalars(select(OutboxMessage.person_id).where(*about, OutboxMessage.state != SUPERSEDED)))
