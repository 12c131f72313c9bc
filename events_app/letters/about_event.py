"""What letters about one event share: the event with its reader, and the event as a file."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.feeds.public import single_event
from events_app.letters.at_hand import event_at_hand, person_with_posts, reader_at_hand
from events_app.letters.office import Office
from events_app.letters.sight import no_longer_holds
from events_app.mail.message import Attachment
from events_app.mail.models import OutboxMessage
from events_app.mail.rules import misfit
from events_app.people.models import Person
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may


def event_and_reader(session: Session, message: OutboxMessage, now: datetime) -> tuple[Event, Person, Reader] | None:
    """Return event, person and rights of a letter; None if one is gone, the event is another than was meant, or hidden.

    Letters are claimed many at a time: while the first ones go, the event of the last may be called off.
    """
    event = event_at_hand(session, message.event_id or 0)
    person = person_with_posts(session, message.person_id)
    if event is None or person is None or misfit(message, event):
        return None
    reader = reader_at_hand(session, person, now)
    return (event, person, reader) if may(reader, Action.SEE, event, now) else None


def is_outdated(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether what a written letter says of an event is no longer so, or not for its reader any more."""
    found = event_and_reader(session, message, now)
    return found is None or no_longer_holds(message, found[0], found[2], now)


def event_file(event: Event, person: Person, reader: Reader, office: Office, now: datetime) -> Attachment:
    """Return the event for a calendar program, with what its reader may see of it."""
    content = single_event(event, person.language, office.settings.base_url, reader, now)
    return Attachment(f"{event.kind_key}-{event.starts_on.isoformat()}.ics", "text/calendar; charset=utf-8", content)
