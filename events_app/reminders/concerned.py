"""Whom a change of an event concerns, and who knew the event as it was."""

from collections.abc import Iterator
from datetime import datetime

from events_app.events.models import DRAFT, GROUP, SECRETARIAT, Document, Event
from events_app.events.rules.table import chair_line, invited_codes
from events_app.people.models import CONTACT_POINT, Person
from events_app.reminders.changes import SIGHT_FIELDS, Values, values_of
from events_app.reminders.queries import Audience
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may, may_see_document

Readers = Iterator[tuple[Person, Reader]]


def people_concerned(event: Event, who: Audience, by_id: int | None) -> Readers:
    """Yield secretaries, contact points of the chair and of the invited, as far as they may see the event now.

    Whoever changed it (`by_id`) knows.
    """
    for person, reader in people_by_role(event, who):
        if person.id != by_id and may(reader, Action.SEE, event, who.now):
            yield person, reader


def people_by_role(event: Event, who: Audience) -> Readers:
    """Yield secretaries, contact points of the chair and of the invited, whether they may see the event or not."""
    codes = set(chair_line(event, who.partnership).state_codes) | invited_codes(event, who.partnership)
    for person, reader in who.readers:
        if reader.is_secretary or not codes.isdisjoint(_scheduled_for(reader)):
            yield person, reader


def contact_points_invited(event: Event, who: Audience) -> Readers:
    """Yield the contact points of the invited delegations that may see the event now."""
    codes = invited_codes(event, who.partnership)
    for person, reader in who.readers:
        if not codes.isdisjoint(_scheduled_for(reader)) and may(reader, Action.SEE, event, who.now):
            yield person, reader


def people_to_tell(event: Event, was: Values, who: Audience, by_id: int | None) -> Readers:
    """Yield whom a change concerns and who knew the event as it was; another status is news to everybody."""
    is_news = was["status"] != event.status
    for person, reader in people_concerned(event, who, by_id):
        if is_news or knew(reader, event, was, who.now):
            yield person, reader


def knew(reader: Reader, event: Event, was: Values, now: datetime) -> bool:
    """Return whether a reader who may see an event could see it as it was, too; in doubt not."""
    if reader.is_secretary or may(reader, Action.EDIT, event, now):
        return was["visibility"] != SECRETARIAT or reader.is_secretary
    if was["status"] == DRAFT or not _same_invited(event, was):
        return False
    return may_see_document(reader, Document(visibility=was["visibility"]), event, now)


def _same_invited(event: Event, was: Values) -> bool:
    now_is = values_of(event)
    return was["visibility"] != GROUP or all(was[name] == now_is[name] for name in SIGHT_FIELDS[1:])


def _scheduled_for(reader: Reader) -> set[str]:
    return {code for code, role in reader.posts if role == CONTACT_POINT}
