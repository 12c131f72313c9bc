"""Documents added: an hour after the last of a batch, those invited hear of what they may see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.models import DRAFT, Event, EventChange
from events_app.events.queries import event_by_id
from events_app.mail.actions.outbox import NewLetter
from events_app.mail.kinds import DOCUMENTS_ADDED
from events_app.people.models import Person
from events_app.reminders.added import DocumentRow, added_rows, documents_among
from events_app.reminders.concerned import contact_points_invited
from events_app.reminders.queries import Audience, audience
from events_app.rights.rules import may_see_document

GATHERED_FOR = timedelta(hours=1)
LOOK_BACK = timedelta(days=7)


@dataclass
class Batch:
    """Documents that were added to an event with less than an hour between two of them."""

    last: EventChange
    rows: list[DocumentRow] = field(default_factory=list)
    people: set[int | None] = field(default_factory=set)

    @property
    def due_at(self) -> datetime:
        """When nothing more is expected."""
        return self.last.at + GATHERED_FOR


def documents_added(session: Session, now: datetime) -> Iterator[NewLetter]:
    """Yield the letters of every batch that is complete; what is older than a week is no news."""
    batches = [batch for batch in _batches(_additions(session, now)) if now - LOOK_BACK < batch.due_at <= now]
    if batches:
        who = audience(session, now)
        for batch in batches:
            yield from _letters_of(session, batch, who)


def _letters_of(session: Session, batch: Batch, who: Audience) -> Iterator[NewLetter]:
    event = event_by_id(session, batch.last.event_id)
    if event is None or event.status == DRAFT:
        return
    documents = documents_among(event, batch.rows)
    for person, reader in contact_points_invited(event, who):
        is_shown = any(may_see_document(reader, document, event, who.now) for document in documents)
        if is_shown and batch.people != {person.id}:
            yield _letter(event, person, batch)


def _letter(event: Event, person: Person, batch: Batch) -> NewLetter:
    return NewLetter(
        dedupe_key=f"{DOCUMENTS_ADDED}:{event.id}:{batch.last.id}:{person.id}",
        letter=DOCUMENTS_ADDED,
        address=person.email,
        due_at=batch.due_at,
        expires_at=batch.due_at + LOOK_BACK,
        person_id=person.id,
        event_id=event.id,
        sequence=event.sequence,
        facts={"documents": batch.rows},
    )


def _additions(session: Session, now: datetime) -> list[EventChange]:
    """Return the lately made entries of histories that say something of documents, event by event, in order."""
    of_documents = EventChange.fields["documents"].as_string().is_not(None)
    lately = EventChange.at > now - LOOK_BACK - 2 * GATHERED_FOR
    rows = select(EventChange).where(of_documents, lately).order_by(EventChange.event_id, EventChange.id)
    return [change for change in session.scalars(rows) if added_rows(change)]


def _batches(additions: Iterable[EventChange]) -> list[Batch]:
    found: list[Batch] = []
    for change in additions:
        if not found or found[-1].last.event_id != change.event_id or change.at >= found[-1].due_at:
            found.append(Batch(change))
        batch = found[-1]
        batch.last = change
        batch.rows += added_rows(change)
        batch.people.add(change.person_id)
    return found
