"""Letters to those who were invited and have not answered: five working days and one before the last day for it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.dates.wall_time import day_bounds, instant_of
from events_app.dates.working_days import working_days_before
from events_app.events.models import Event
from events_app.events.queries import whole_events
from events_app.events.rules.attendance import OPEN_STATUSES
from events_app.mail.actions.outbox import NewLetter
from events_app.mail.kinds import ANSWER_MISSING
from events_app.mail.models import SUPERSEDED, OutboxMessage
from events_app.people.models import Person
from events_app.reminders.queries import audience
from events_app.reminders.rules import FIRES_AT, Due
from events_app.reminders.unanswered import responses_to, unanswered_codes_of

WORKING_DAYS_BEFORE = (5, 1)
LOOK_AHEAD = timedelta(days=21)
DAY = timedelta(days=1)


def answers_missing(session: Session, now: datetime) -> Iterator[NewLetter]:
    """Yield the letters to contact points whose delegations were invited and have not answered.

    What an outage made too late is stored as expired, so that it shows; what was too late when the event last changed
    or the person came was never due.
    """
    events = _asking(session, now)
    if not events:
        return
    who, responses, stored = audience(session, now), responses_to(session, events), _stored(session, events)
    for event in events:
        fired = [due for due in letters_due(event) if due.fires_at <= now]
        for person, reader in who.readers if fired else ():
            letters = [letter for letter in _letters_of(event, person, fired, now) if letter.dedupe_key not in stored]
            if letters and unanswered_codes_of(reader, event, responses, now):
                yield from letters


def letters_due(event: Event) -> list[Due]:
    """Return when those who have not answered are written to; each letter is worth sending until the next, or the end.

    The end is that of the last day for answers in the event's zone, or the event's start.
    """
    assert event.answer_by is not None
    days = [working_days_before(event.answer_by, n) for n in WORKING_DAYS_BEFORE]
    instants = [instant_of(day, FIRES_AT, event.time_zone) for day in days]
    last = min(day_bounds(event.answer_by, event.answer_by, event.time_zone)[1], event.starts_at)
    ends = [*instants[1:], last]
    return [Due(*row) for row in zip(WORKING_DAYS_BEFORE, instants, ends, strict=True)]


def _asking(session: Session, now: datetime) -> list[Event]:
    """Return the events that take answers and whose last day for them is near."""
    near = Event.answer_by.between(now.date() - DAY, (now + LOOK_AHEAD).date())
    rows = whole_events().where(near, Event.status.in_(OPEN_STATUSES), Event.starts_at > now)
    return list(session.scalars(rows))


def _stored(session: Session, events: list[Event]) -> set[str]:
    """Return the keys of the letters that need no second thought: they are in the outbox, and may not revive."""
    about = (OutboxMessage.letter == ANSWER_MISSING, OutboxMessage.event_id.in_([event.id for event in events]))
    rows = select(OutboxMessage.dedupe_key).where(*about, OutboxMessage.state != SUPERSEDED)
    return set(session.scalars(rows))


def _letters_of(event: Event, person: Person, fired: list[Due], now: datetime) -> list[NewLetter]:
    known_since = max(event.scheduled_at, event.changed_at, person.created_at)
    return [_letter(event, person, due, now) for due in fired if due.valid_until > known_since]


def _letter(event: Event, person: Person, due: Due, now: datetime) -> NewLetter:
    answer_by = event.answer_by.isoformat() if event.answer_by else ""
    return NewLetter(
        dedupe_key=f"{ANSWER_MISSING}:{event.id}:{due.days}:{answer_by}:{person.id}",
        letter=ANSWER_MISSING,
        address=person.email,
        due_at=due.fires_at,
        expires_at=due.valid_until,
        person_id=person.id,
        event_id=event.id,
        sequence=event.sequence,
        facts={"days": due.days, "answer_by": answer_by},
        is_expired=due.valid_until <= now,
    )
