"""Which reminders will go, to whom and when: seen before they do, by the code that derives them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.models import CONFIRMED, Event
from events_app.mail.actions.outbox import NewLetter
from events_app.mail.kinds import EVENT_REMINDER
from events_app.mail.models import SUPERSEDED, OutboxMessage
from events_app.people.models import Person
from events_app.reminders.deriving.event_reminders import reminder
from events_app.reminders.preferences import as_preferred
from events_app.reminders.queries import audience, last_reminded, reminders_of
from events_app.reminders.rules import DayRules, PartDays


@dataclass(frozen=True)
class Posting:
    """The reminders of one event that go together: at an instant (`is_now`: with the next pass), to people by name."""

    event: Event
    at: datetime
    is_now: bool
    people: tuple[Person, ...]


def postings(session: Session, about: Sequence[Event], rules: DayRules, now: datetime) -> list[Posting]:
    """Return the reminders that are still to be derived if these rules hold, in the order in which they go.

    People, roles and wishes are those of now. A constant number of queries.
    """
    confirmed = [event for event in about if event.status == CONFIRMED]
    who, told = audience(session, now, rules), last_reminded(session, confirmed)
    letters = [
        reminder(event, person, due, now)
        for event in confirmed
        for person, due in reminders_of(event, who, told)
        if due.valid_until > now
    ]
    known = _stored_keys(session, [event.id for event in confirmed])
    to_come = as_preferred(session, (letter for letter in letters if letter.dedupe_key not in known), now)
    people = {person.id: person for person, _ in who.readers}
    return _gathered(to_come, {event.id: event for event in confirmed}, people, now)


def with_event_days(rules: DayRules, event_id: int, days: PartDays) -> DayRules:
    """Return rules as they would be if an event had these days by part (None: as its kind)."""
    kept = {key: found for key, found in rules.by_event.items() if key[0] != event_id or key[1] not in days}
    own = {(event_id, part): found for part, found in days.items() if found is not None}
    return replace(rules, by_event={**kept, **own})


def with_kind_days(rules: DayRules, kind_key: str, group_key: str, days: PartDays) -> DayRules:
    """Return rules as they would be if a kind, in a group or in any, had these days by part (None: as before)."""
    place = (kind_key, group_key)
    kept = {key: found for key, found in rules.by_kind.items() if key[:2] != place or key[2] not in days}
    own = {(*place, part): found for part, found in days.items() if found is not None}
    return replace(rules, by_kind={**kept, **own})


def _stored_keys(session: Session, event_ids: list[int]) -> set[str]:
    """Return the keys of the reminders that are in the outbox and would not be revived."""
    is_revived = (OutboxMessage.state == SUPERSEDED) & OutboxMessage.sent_at.is_(None)
    reminders = (OutboxMessage.letter == EVENT_REMINDER, OutboxMessage.event_id.in_(event_ids), ~is_revived)
    return set(session.scalars(select(OutboxMessage.dedupe_key).where(*reminders)))


def _gathered(
    letters: list[NewLetter], events: dict[int, Event], people: dict[int, Person], now: datetime
) -> list[Posting]:
    together: dict[tuple[datetime, int], list[Person]] = {}
    for letter in letters:
        key = max(letter.due_at, now), letter.event_id or 0
        together.setdefault(key, []).append(people[letter.person_id or 0])
    return [
        Posting(events[event_id], at, at == now, tuple(sorted(found, key=lambda person: (person.name, person.id))))
        for (at, event_id), found in sorted(together.items(), key=lambda item: item[0])
    ]
