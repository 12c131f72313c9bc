"""Putting letters into the outbox, each once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from events_app.mail.actions.restoring import RESTORED
from events_app.mail.models import EXPIRED, PENDING, STOPPED, SUPERSEDED, OutboxMessage
from events_app.mail.queries import last_restored_at
from events_app.mail.rules import digest_key, message_id_for

CHUNK = 100
RENEWED = (
    "address", "person_id", "sequence", "event_start", "event_zone", "event_status", "facts", "due_at", "expires_at",
    "state", "next_attempt_at", "rendered", "last_reply",
)  # fmt: skip


@dataclass(frozen=True)
class NewLetter:
    """A letter that is due to somebody; `is_expired` if it is only to be shown as missed.

    `event_start` (`2027-03-02T10:00` or `2027-03-02`), `event_zone` and `event_status` are what the event must still
    have when the letter goes; None: no check.
    """

    dedupe_key: str
    letter: str
    address: str
    due_at: datetime
    expires_at: datetime | None = None
    person_id: int | None = None
    event_id: int | None = None
    sequence: int | None = None
    event_start: str | None = None
    event_zone: str | None = None
    event_status: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_expired: bool = False


def enqueue(session: Session, letters: Iterable[NewLetter], secret: str, now: datetime, *, host: str) -> int:
    """Store the letters that are not there yet, revive superseded ones; return how many that were.

    `secret` keys the Message-IDs and `host` is their right-hand side. What was due before a backup was restored is
    stored as stopped: it may have been sent in the days that are lost.
    """
    restored_at = last_restored_at(session)
    unique = iter({letter.dedupe_key: letter for letter in letters}.values())
    rows = (_row(letter, _message_id(letter, secret, host, restored_at), restored_at, now) for letter in unique)
    return sum(_stored(session, chunk) for chunk in _chunks(rows))


def _row(letter: NewLetter, message_id: str, restored_at: datetime | None, now: datetime) -> dict[str, Any]:
    values = {name: getattr(letter, name) for name in NewLetter.__dataclass_fields__ if name != "is_expired"}
    is_stopped = restored_at is not None and letter.due_at <= restored_at
    state = EXPIRED if letter.is_expired else STOPPED if is_stopped else PENDING
    reply = RESTORED if state == STOPPED else ""
    fresh = {"state": state, "attempts": 0, "last_reply": reply, "rendered": None, "next_attempt_at": letter.due_at}
    return {**values, **fresh, "facts": dict(letter.facts), "message_id": message_id, "created_at": now}


def _message_id(letter: NewLetter, secret: str, host: str, restored_at: datetime | None) -> str:
    return message_id_for(digest_key(letter.dedupe_key, letter.due_at, restored_at), secret, host)


def _chunks(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _stored(session: Session, rows: list[dict[str, Any]]) -> int:
    insert = _insert(session).values(rows)
    statement = insert.on_conflict_do_update(
        index_elements=[OutboxMessage.dedupe_key],
        set_={name: insert.excluded[name] for name in RENEWED},
        where=(OutboxMessage.state == SUPERSEDED) & OutboxMessage.sent_at.is_(None),
    ).returning(OutboxMessage.id)
    return len(session.scalars(statement, execution_options={"populate_existing": True}).all())


def _insert(session: Session) -> postgresql.Insert | sqlite.Insert:
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(OutboxMessage) if is_postgresql else sqlite.insert(OutboxMessage)
