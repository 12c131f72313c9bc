"""What letters about one event share: the event with its reader, and the event as a file."""

from datetime import datetime

from sqlalchemy.orm import Session, selectinload

from events_app.events.models import Event
from events_app.events.queries import event_by_id
from events_app.feeds.public import single_event
from events_app.letters.office import Office
from events_app.letters.sight import shows_too_much
from events_app.mail.message import Attachment
from events_app.mail.models import OutboxMessage
from events_app.people.models import Person
from events_app.rights.models import Action, Reader
from events_app.rights.queries import reader_of
from events_app.rights.rules import may


def event_and_reader(session: Session, message: OutboxMessage, now: datetime) -> tuple[Event, Person, Reader] | None:
    """Return event, person and rights of a letter; None if one is gone or the person may not see the event now."""
    event = event_by_id(session, message.event_id or 0)
    person = session.get(Person, message.person_id or 0, options=[selectinload(Person.posts)])
    if event is None or person is None:
        return None
    reader = reader_of(session, person, now)
    return (event, person, reader) if may(reader, Action.SEE, event, now) else None


def says_too_much(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether a written letter about an event holds what its reader may no longer see."""
    found = event_and_reader(session, message, now)
    return found is None or shows_too_much(message, found[0], found[2], now)


def event_file(event: Event, person: Person, reader: Reader, office: Office, now: datetime) -> Attachment:
    """Return the event for a calendar program, with what its reader may see of it."""
    content = single_event(event, person.language, office.settings.base_url, reader, now)
    return Attachment(f"{event.kind_key}-{event.starts_on.isoformat()}.ics", "text/calendar; charset=utf-8", content)
