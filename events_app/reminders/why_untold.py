"""Why somebody was not told of the latest change of an event: the other question that secretaries are asked."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.mail.kinds import CHANGE_NOTICE
from events_app.mail.models import SUPERSEDED, OutboxMessage
from events_app.people.models import Person
from events_app.reminders.absences import NO_SIGHT, NOT_YET, TOO_LATE, Absence, Marks, marks_of, unwanted
from events_app.reminders.changes import differing, values_of
from events_app.reminders.concerned import knew, people_by_role
from events_app.reminders.models import ChangeNotice
from events_app.reminders.preferences import Modes, modes_of_readers
from events_app.reminders.queries import audience, latest_notice
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may

CHANGED_IT, NEW_TO_IT, TAKEN_BACK = "changed-it", "new-to-it", "taken-back"


def absences_from_notice(session: Session, event: Event, now: datetime) -> list[Absence]:
    """Return whom the latest notice of an event concerns and who has no letter of it, by name; roles are those of now.

    Nobody where no notice was ever opened: then nobody was to be told. A constant number of queries.
    """
    notice = latest_notice(session, event.id)
    if notice is None:
        return []
    readers, told = list(people_by_role(event, audience(session, now))), _told(session, event, notice)
    modes, marks = modes_of_readers(session), marks_of(session, (person for person, _ in readers))
    found = [_absence(event, notice, *row, modes, marks, now) for row in readers if row[0].id not in told]
    return sorted(found, key=lambda absence: (absence.person.name, absence.person.id))


def _absence(
    event: Event, notice: ChangeNotice, person: Person, reader: Reader, modes: Modes, marks: Marks, now: datetime
) -> Absence:
    for why, is_so in _reasons(event, notice, person, reader, now):
        if is_so:
            return Absence(person, why, letter=CHANGE_NOTICE)
    not_wanted = unwanted(person, CHANGE_NOTICE, modes, marks)
    if not_wanted:
        return not_wanted
    is_waiting = notice.derived_at is None
    why, at = (NOT_YET, max(notice.due_at, now)) if is_waiting else (TOO_LATE, None)
    return Absence(person, why, at, CHANGE_NOTICE)


def _reasons(
    event: Event, notice: ChangeNotice, person: Person, reader: Reader, now: datetime
) -> Iterator[tuple[str, bool]]:
    is_news = notice.was["status"] != event.status
    yield CHANGED_IT, person.id == notice.by_id
    yield NO_SIGHT, not may(reader, Action.SEE, event, now)
    yield NEW_TO_IT, not is_news and not knew(reader, event, notice.was, now)
    yield TAKEN_BACK, not differing(notice.was, values_of(event))


def _told(session: Session, event: Event, notice: ChangeNotice) -> set[int | None]:
    """Return who has a letter of a notice, or as a silent subscriber one of the event as it stands."""
    letters = select(OutboxMessage.person_id, OutboxMessage.facts, OutboxMessage.sequence).where(
        OutboxMessage.letter == CHANGE_NOTICE, OutboxMessage.event_id == event.id, OutboxMessage.state != SUPERSEDED
    )
    rows = session.execute(letters)
    return {
        person_id
        for person_id, facts, sequence in rows
        if facts["notice"] == notice.id or (not facts["notice"] and sequence == event.sequence)
    }
