"""Who is reminded of an event, by the rights of now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.events.rules.table import chair_line, invited_codes
from events_app.partnership.queries import partnership
from events_app.partnership.rules import Partnership
from events_app.people.models import CONTACT_POINT, Person
from events_app.people.queries import contact_points, secretaries
from events_app.people.rules import is_held
from events_app.reminders.rules import CONTACT_POINTS, ORGANISERS, days_for
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may, reader_for


@dataclass(frozen=True)
class Audience:
    """Everybody who could be reminded today, with what they may do, read once per pass."""

    partnership: Partnership
    readers: Sequence[tuple[Person, Reader]]
    now: datetime


def audience(session: Session, now: datetime) -> Audience:
    """Return all secretaries and contact points of today."""
    facts, today = partnership(session), now.date()
    people = {person.id: person for person in [*secretaries(session), *contact_points(session, facts.states, today)]}
    return Audience(facts, [(people[key], reader_for(people[key], facts, today)) for key in sorted(people)], now)


def readers_to_remind(event: Event, who: Audience) -> Iterator[tuple[Person, tuple[int, ...], datetime]]:
    """Yield each person to remind of an event, the days before, and the instant since which it is their concern.

    An organiser gets the organisers' days.
    """
    chairs = set(chair_line(event, who.partnership).state_codes)
    invited = invited_codes(event, who.partnership)
    for person, reader in who.readers:
        codes = _contact_codes(reader)
        is_organiser = reader.is_secretary or bool(codes & chairs)
        days = days_for(event, ORGANISERS if is_organiser else CONTACT_POINTS)
        is_concerned = is_organiser or bool(codes & invited)
        if days and is_concerned and may(reader, Action.SEE, event, who.now):
            yield person, days, _concerned_since(person, codes & (chairs if is_organiser else invited), who.now)


def _concerned_since(person: Person, codes: set[str], now: datetime) -> datetime:
    if person.is_secretary:
        return person.created_at
    held = (p for p in person.posts if p.role == CONTACT_POINT and p.state_code in codes and is_held(p, now.date()))
    first = min(post.valid_from for post in held)
    return max(person.created_at, datetime.combine(first, time(), UTC))


def _contact_codes(reader: Reader) -> set[str]:
    return {code for code, role in reader.posts if role == CONTACT_POINT}
