"""Reminders of events: who is to be reminded when, by the rules, each once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from events_app.events.models import CONFIRMED, Event
from events_app.events.queries import events_with_reminders
from events_app.mail.actions.outbox import NewLetter
from events_app.mail.kinds import EVENT_REMINDER
from events_app.people.models import Person
from events_app.reminders.queries import Audience, audience, readers_to_remind
from events_app.reminders.rules import Due, reminders_due

LOOK_AHEAD = timedelta(days=60)
LOOK_BACK = timedelta(days=30)


def event_reminders(session: Session, now: datetime) -> Iterator[NewLetter]:
    """Yield every reminder that is due.

    What an outage made too late is stored as expired, so that it shows, even if the event has begun; what was too late
    before the date was agreed or the person was there was never due.
    """
    events = events_with_reminders(session, now - LOOK_BACK, now + LOOK_AHEAD)
    if events:
        who = audience(session, now)
        for event in events:
            yield from _letters_of(event, who)


def _letters_of(event: Event, who: Audience) -> Iterator[NewLetter]:
    for person, days, since in readers_to_remind(event, who):
        for due in reminders_due(event, days):
            if due.fires_at <= who.now and due.valid_until > max(event.scheduled_at, since):
                yield _reminder(event, person, due, who.now)


def _reminder(event: Event, person: Person, due: Due, now: datetime) -> NewLetter:
    start = event.local_start_text()
    return NewLetter(
        dedupe_key=f"{EVENT_REMINDER}:{event.id}:{due.days}:{start}:{event.time_zone}:{person.id}",
        letter=EVENT_REMINDER,
        address=person.email,
        due_at=due.fires_at,
        expires_at=due.valid_until,
        person_id=person.id,
        event_id=event.id,
        sequence=event.sequence,
        event_start=start,
        event_zone=event.time_zone,
        event_status=CONFIRMED,
        facts={"days": due.days},
        is_expired=due.valid_until <= now,
    )
