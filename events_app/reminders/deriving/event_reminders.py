"""Reminders of events: who is to be reminded when, by the rules, each once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from events_app.events.models import CONFIRMED, Event
from events_app.mail.actions.outbox import NewLetter
from events_app.mail.kinds import EVENT_REMINDER
from events_app.people.models import Person
from events_app.reminders.queries import audience, day_rules, events_to_remind, last_reminded, reminders_of
from events_app.reminders.rules import MOST_DAYS, Due

# The longest rule, and the holidays before which a reminder is moved back.
LOOK_AHEAD = timedelta(days=MOST_DAYS + 15)
LOOK_BACK = timedelta(days=30)


def event_reminders(session: Session, now: datetime) -> Iterator[NewLetter]:
    """Yield every reminder that is due.

    What an outage made too late is stored as expired, so that it shows, even if the event has begun.
    """
    rules = day_rules(session)
    events = events_to_remind(session, now - LOOK_BACK, now + LOOK_AHEAD, rules)
    if not events:
        return
    who, told = audience(session, now, rules), last_reminded(session, events)
    for event in events:
        for person, due in reminders_of(event, who, told):
            if due.fires_at <= now:
                yield reminder(event, person, due, now)


def reminder(event: Event, person: Person, due: Due, now: datetime) -> NewLetter:
    """Return the letter of one reminder; its key holds what makes it another one."""
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
