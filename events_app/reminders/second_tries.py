"""Letters that the server did not take at once: their next try rests in their readers' quiet hours, too."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from events_app.events.models import Event
from events_app.mail.models import PENDING, OutboxMessage
from events_app.people.models import Person
from events_app.reminders.preferences import waits_until
from events_app.reminders.quiet import quiet_hours_of


def keep_quiet(session: Session, now: datetime) -> None:
    """Put the letters that are to be tried again now off to the end of their readers' quiet hours; one query.

    What a person sends again counts as not tried before, and goes.
    """
    is_due = (OutboxMessage.state == PENDING, OutboxMessage.attempts > 0, OutboxMessage.next_attempt_at <= now)
    readers = select(OutboxMessage, Person, Event.starts_at).join(Person, Person.id == OutboxMessage.person_id)
    rows = readers.join(Event, Event.id == OutboxMessage.event_id, isouter=True).options(defer(OutboxMessage.rendered))
    for letter, person, starts_at in session.execute(rows.where(*is_due, Person.quiet_from.is_not(None))).all():
        hours = quiet_hours_of(person)
        letter.next_attempt_at = (hours and waits_until(letter, hours, starts_at, now)) or letter.next_attempt_at
    session.flush()
