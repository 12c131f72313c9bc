"""Who is reminded of an event, by the rights of now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_app.events.models import CONFIRMED, Event
from events_app.events.queries import events
from events_app.events.rules.table import chair_line, invited_codes
from events_app.mail.kinds import EVENT_REMINDER
from events_app.mail.models import SENT, OutboxMessage
from events_app.partnership.queries import partnership
from events_app.partnership.rules import Partnership
from events_app.people.models import CONTACT_POINT, Person
from events_app.people.queries import contact_points, secretaries
from events_app.people.rules import is_held
from events_app.reminders.models import ChangeNotice, ReminderRule
from events_app.reminders.rules import CONTACT_POINTS, ORGANISERS, PARTS, DayRules, Due, days_for, reminders_due
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may, reader_for


@dataclass(frozen=True)
class Audience:
    """Everybody who could be reminded today, with what they may do, and the rules of the days, read once per pass."""

    partnership: Partnership
    readers: Sequence[tuple[Person, Reader]]
    now: datetime
    rules: DayRules


def audience(session: Session, now: datetime, rules: DayRules | None = None) -> Audience:
    """Return all secretaries and contact points of today, with the rules in force or those that are tried out."""
    facts, today = partnership(session), now.date()
    people = {person.id: person for person in [*secretaries(session), *contact_points(session, facts.states, today)]}
    readers = [(people[key], reader_for(people[key], facts, today)) for key in sorted(people)]
    return Audience(facts, readers, now, rules or day_rules(session))


def day_rules(session: Session) -> DayRules:
    """Return all rules in force, in one query."""
    by_event, by_kind = {}, {}
    for rule in session.scalars(select(ReminderRule).order_by(ReminderRule.id)):
        if rule.event_id is not None:
            by_event[rule.event_id, rule.part] = tuple(rule.days)
        else:
            by_kind[rule.kind_key or "", rule.group_key, rule.part] = tuple(rule.days)
    return DayRules(by_event, by_kind)


def events_to_remind(session: Session, after: datetime, until: datetime, rules: DayRules) -> list[Event]:
    """Return the confirmed events that start in a span and of which anybody is reminded."""
    soon = events().where(Event.starts_at > after, Event.starts_at <= until, Event.status == CONFIRMED)
    return [event for event in session.scalars(soon) if any(days_for(event, part, rules) for part in PARTS)]


def events_of_kind(session: Session, kind_key: str, group_key: str, after: datetime, until: datetime) -> list[Event]:
    """Return the confirmed events of a kind, in a group or (empty) in any, that start in a span."""
    soon = events().where(Event.starts_at > after, Event.starts_at <= until, Event.status == CONFIRMED)
    of_kind = soon.where(Event.kind_key == kind_key)
    return list(session.scalars(of_kind.where(Event.groups.any(key=group_key)) if group_key else of_kind))


def last_reminded(session: Session, about: Iterable[Event]) -> dict[tuple[int, int], datetime]:
    """Return when each reader was last reminded of an event as it stands, by event and person."""
    agreed = (OutboxMessage.event_id, OutboxMessage.person_id, OutboxMessage.event_start, OutboxMessage.event_zone)
    rows = select(*agreed, func.max(OutboxMessage.sent_at)).group_by(*agreed)
    known = {event.id: (event.local_start_text(), event.time_zone) for event in about}
    sent = (OutboxMessage.event_id.in_(known), OutboxMessage.letter == EVENT_REMINDER, OutboxMessage.state == SENT)
    found = session.execute(rows.where(*sent))
    return {
        (event_id, person_id): at
        for event_id, person_id, *start_and_zone, at in found
        if event_id and person_id and at and known[event_id] == tuple(start_and_zone)
    }


def reminders_of(event: Event, who: Audience, told: Mapping[tuple[int, int], datetime]) -> Iterator[tuple[Person, Due]]:
    """Yield every reminder of an event that was, is or will be due, in the order of people and days.

    What was too late before the date was agreed or the person was there was never due; who was reminded since it fired
    (`told`: see last_reminded) needs it no more, though the rules have changed in between.
    """
    for person, days, since in readers_to_remind(event, who):
        last = told.get((event.id, person.id))
        for due in reminders_due(event, days):
            if due.valid_until > max(event.scheduled_at, since) and (last is None or last < due.fires_at):
                yield person, due


def readers_to_remind(event: Event, who: Audience) -> Iterator[tuple[Person, tuple[int, ...], datetime]]:
    """Yield each person to remind of an event, the days before, and the instant since which it is their concern.

    An organiser gets the organisers' days; whoever has own lead times, those.
    """
    chairs = set(chair_line(event, who.partnership).state_codes)
    invited = invited_codes(event, who.partnership)
    for person, reader in who.readers:
        codes = _contact_codes(reader)
        is_organiser = reader.is_secretary or bool(codes & chairs)
        days = days_for(event, ORGANISERS if is_organiser else CONTACT_POINTS, who.rules)
        is_concerned = is_organiser or bool(codes & invited)
        if days and is_concerned and may(reader, Action.SEE, event, who.now):
            yield (
                person,
                tuple(person.lead_days) or days,
                _concerned_since(person, codes & (chairs if is_organiser else invited), who.now),
            )


def _concerned_since(person: Person, codes: set[str], now: datetime) -> datetime:
    if person.is_secretary:
        return person.created_at
    held = (p for p in person.posts if p.role == CONTACT_POINT and p.state_code in codes and is_held(p, now.date()))
    first = min(post.valid_from for post in held)
    return max(person.created_at, datetime.combine(first, time(), UTC))


def _contact_codes(reader: Reader) -> set[str]:
    return {code for code, role in reader.posts if role == CONTACT_POINT}


def latest_notice(session: Session, event_id: int) -> ChangeNotice | None:
    """Return the notice of an event's changes that was opened last."""
    rows = select(ChangeNotice).where(ChangeNotice.event_id == event_id)
    return session.scalar(rows.order_by(ChangeNotice.id.desc()).limit(1))
