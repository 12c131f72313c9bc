"""The ledger: what became of letters, a page at a time, with all that explains it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, defer

from events_app.events.models import Event
from events_app.events.queries import events
from events_app.mail.models import OutboxAttempt, OutboxMessage, SuppressedAddress
from events_app.people.models import Post
from events_app.people.queries import names_by_id

PAGE = 200


@dataclass(frozen=True)
class LedgerEntry:
    """A letter: to whom, about which event, how often and when it was tried last, and whether its address is marked."""

    message: OutboxMessage
    reader: str
    event: Event | None
    tries: int
    tried_at: datetime | None
    suppressed: SuppressedAddress | None


@dataclass(frozen=True)
class LedgerPage:
    """Some letters, the latest first; `older` is the id before which the next page begins (None: there is none)."""

    entries: list[LedgerEntry]
    older: int | None


def letters_about(session: Session, event_id: int, before_id: int | None = None, letter: str = "") -> LedgerPage:
    """Return the letters about an event, all or of one sort."""
    about = (OutboxMessage.event_id == event_id, *([OutboxMessage.letter == letter] if letter else []))
    return _page(session, about, before_id)


def letters_to(session: Session, person_id: int, before_id: int | None = None) -> LedgerPage:
    """Return the letters to a person."""
    return _page(session, (OutboxMessage.person_id == person_id,), before_id)


def letters_to_delegation(session: Session, code: str, before_id: int | None = None) -> LedgerPage:
    """Return the letters to everybody who holds or held a role in a delegation."""
    people = select(Post.person_id).where(Post.state_code == code)
    return _page(session, (OutboxMessage.person_id.in_(people),), before_id)


def letter_numbered(session: Session, letter_id: int) -> LedgerEntry | None:
    """Return one letter."""
    found = _page(session, (OutboxMessage.id == letter_id,), None).entries
    return found[0] if found else None


def suppression_of(session: Session, address: str) -> SuppressedAddress | None:
    """Return the mark of an address, if it has one."""
    return session.get(SuppressedAddress, address.lower())


def _page(session: Session, which: Iterable[ColumnElement[bool]], before_id: int | None) -> LedgerPage:
    rows = select(OutboxMessage).where(*which).options(defer(OutboxMessage.rendered))
    if before_id is not None:
        rows = rows.where(OutboxMessage.id < before_id)
    found = list(session.scalars(rows.order_by(OutboxMessage.id.desc()).limit(PAGE + 1)))
    messages = found[:PAGE]
    return LedgerPage(_entries(session, messages), messages[-1].id if len(found) > PAGE else None)


def _entries(session: Session, messages: list[OutboxMessage]) -> list[LedgerEntry]:
    names = names_by_id(session, (message.person_id for message in messages))
    about = {message.event_id for message in messages}
    by_id = {event.id: event for event in session.scalars(events().where(Event.id.in_(about)))}
    tried = _tried(session, [message.id for message in messages])
    marks = _marks(session, {message.address.lower() for message in messages})
    return [
        LedgerEntry(
            message, names.get(message.person_id or 0, ""), by_id.get(message.event_id or 0),
            *tried.get(message.id, (0, None)), marks.get(message.address.lower()),
        )
        for message in messages
    ]  # fmt: skip


def _tried(session: Session, ids: list[int]) -> dict[int, tuple[int, datetime | None]]:
    counts = select(OutboxAttempt.outbox_message_id, func.count(), func.max(OutboxAttempt.at))
    rows = counts.where(OutboxAttempt.outbox_message_id.in_(ids)).group_by(OutboxAttempt.outbox_message_id)
    return {row[0]: (row[1], row[2]) for row in session.execute(rows)}


def _marks(session: Session, addresses: set[str]) -> dict[str, SuppressedAddress]:
    rows = select(SuppressedAddress).where(SuppressedAddress.address.in_(addresses))
    return {row.address: row for row in session.scalars(rows)}
