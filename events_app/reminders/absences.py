"""Why somebody has no reminder of an event: the question that secretaries are asked (of changes: why_untold.py)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from events_app.events.models import CONFIRMED, Event
from events_app.events.rules.table import invited_codes
from events_app.mail.kinds import EVENT_REMINDER
from events_app.mail.models import SUPERSEDED, OutboxMessage, SuppressedAddress
from events_app.people.models import CONTACT_POINT, Person, Post
from events_app.people.queries import posts_held
from events_app.reminders.models import IN_DIGEST, NOT_AT_ALL
from events_app.reminders.preferences import Modes, modes_of_readers
from events_app.reminders.queries import Audience, audience, readers_to_remind
from events_app.reminders.rules import PARTS, Days, days_for, reminders_due
from events_app.rights.models import Action
from events_app.rights.rules import may

NOT_CONFIRMED, NO_REMINDERS, NO_ROLE, NO_SIGHT = "not-confirmed", "no-reminders", "no-role", "no-sight"
DECLINED, DIGEST, MARKED, NOT_YET, TOO_LATE = "declined", "digest", "marked", "not-yet", "too-late"

Reminded = dict[int, tuple[Days, datetime]]
Marks = Mapping[str, datetime]


@dataclass(frozen=True)
class Absence:
    """Somebody without a letter of a sort, and why as a code.

    `at` is when one is due, if it is still to come, or since when the address is marked as dead.
    """

    person: Person
    why: str
    at: datetime | None = None
    letter: str = EVENT_REMINDER


def absences(session: Session, event: Event, now: datetime) -> list[Absence]:
    """Return who of the Section and the invited delegations has no reminder of an event, by name.

    A constant number of queries; roles and rights are those of now.
    """
    who, modes = audience(session, now), modes_of_readers(session)
    people = {person.id: person for person, _ in who.readers}
    people.update(_members(session, invited_codes(event, who.partnership), now))
    about = {person.id: (days, since) for person, days, since in readers_to_remind(event, who)}
    told, marks = _reminded(session, event.id), marks_of(session, people.values())
    found = (_absence(event, person, who, about, modes, marks) for key, person in people.items() if key not in told)
    return sorted(found, key=lambda absence: (absence.person.name, absence.person.id))


def unwanted(person: Person, letter: str, modes: Modes, marks: Marks) -> Absence | None:
    """Return why a letter that is due to somebody does not go to them: they do not want it, or cannot be reached."""
    mode, marked_since = modes.get((person.id, letter)), marks.get(person.email.lower())
    if mode in (NOT_AT_ALL, IN_DIGEST):
        return Absence(person, DECLINED if mode == NOT_AT_ALL else DIGEST, letter=letter)
    return Absence(person, MARKED, marked_since, letter) if marked_since else None


def marks_of(session: Session, people: Iterable[Person]) -> Marks:
    """Return which addresses of these people are marked as dead, in lower case, and since when."""
    addresses = SuppressedAddress.address.in_({person.email.lower() for person in people})
    return {row.address: row.since for row in session.scalars(select(SuppressedAddress).where(addresses))}


def _absence(event: Event, person: Person, who: Audience, about: Reminded, modes: Modes, marks: Marks) -> Absence:
    if event.status != CONFIRMED:
        return Absence(person, NOT_CONFIRMED)
    if not any(days_for(event, part, who.rules) for part in PARTS):
        return Absence(person, NO_REMINDERS)
    if person.id not in about:
        return Absence(person, _why_not_concerned(event, person, who))
    not_wanted = unwanted(person, EVENT_REMINDER, modes, marks)
    if not_wanted:
        return not_wanted
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
