"""Reading the outbox."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, select
from sqlalchemy.orm import Session, defer

from events_app.events.models import Event
from events_app.mail.models import (
    FAILED,
    IN_DOUBT,
    MISCONFIGURED,
    PENDING,
    SENDING,
    Heartbeat,
    MailboxState,
    OutboxAttempt,
    OutboxMessage,
    RelayState,
    Restoration,
    SuppressedAddress,
)
from events_app.mail.replies import failure_sort
from events_app.people.models import Person

HEARTBEAT_LIMIT = timedelta(seconds=90)
LATE_LIMIT = timedelta(minutes=10)
FAILURES_SHOWN = timedelta(days=7)
NO_HEARTBEAT, LATE_LETTERS, RELAY_MISCONFIGURED = "no-heartbeat", "late-letters", "relay-misconfigured"
MAILBOX_UNREAD = "mailbox-unread"
# Asked twice for every letter: built once. The bytes of a letter are needed before it goes, and not after.
_LOCKED = select(OutboxMessage).where(OutboxMessage.id == bindparam("letter_id")).with_for_update()
_CLAIMED = _LOCKED.where(OutboxMessage.owner == bindparam("owner"), OutboxMessage.state == SENDING)
_WITHOUT_BYTES = _LOCKED.options(defer(OutboxMessage.rendered))
COLUMNS = {
    "letter": OutboxMessage.letter,
    "person": OutboxMessage.person_id,
    "address": OutboxMessage.address,
    "event": OutboxMessage.event_id,
    "state": OutboxMessage.state,
    "due": OutboxMessage.due_at,
    "expires": OutboxMessage.expires_at,
    "attempts": OutboxMessage.attempts,
    "message_id": OutboxMessage.message_id,
    "last_reply": OutboxMessage.last_reply,
    "sent": OutboxMessage.sent_at,
}


@dataclass(frozen=True)
class MailHealth:
    """Whether letters go out, and if not the reasons as codes; instants as far as there are any.

    `failures` counts the letters given up within a week by sort (mail.replies), `suppressed` the addresses marked.
    """

    reasons: tuple[str, ...]
    last_beat_at: datetime | None
    oldest_due_at: datetime | None
    failures: Mapping[str, int] = field(default_factory=dict)
    suppressed: int = 0
    relay: RelayState | None = None

    @property
    def is_healthy(self) -> bool:
        """Whether there is no reason to worry."""
        return not self.reasons


def outbox(session: Session) -> list[dict[str, Any]]:
    """Return every letter as plain values (person and event by id, instants in ISO 8601), in order of due time."""
    columns = [column.label(name) for name, column in COLUMNS.items()]
    rows = session.execute(select(*columns).order_by(OutboxMessage.due_at, OutboxMessage.id)).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def mail_health(session: Session, now: datetime) -> MailHealth:
    """Return how the post is: its heartbeat, its oldest due letter, its relay."""
    beat_at = session.scalar(select(func.max(Heartbeat.beat_at)))
    waiting = OutboxMessage.state.in_((PENDING, SENDING))
    oldest = session.scalar(select(func.min(OutboxMessage.next_attempt_at)).where(waiting))
    relay = relay_state(session)
    checks = {
        NO_HEARTBEAT: beat_at is None or now - beat_at > HEARTBEAT_LIMIT,
        LATE_LETTERS: oldest is not None and now - oldest > LATE_LIMIT,
        RELAY_MISCONFIGURED: relay is not None and relay.reason == MISCONFIGURED,
        MAILBOX_UNREAD: mailbox_state(session) is not None,
    }
    reasons = tuple(name for name, is_wrong in checks.items() if is_wrong)
    return MailHealth(
        reasons, beat_at, oldest if oldest is not None and oldest <= now else None,
        failures_by_sort(session, now - FAILURES_SHOWN, now), suppressed_count(session), relay,
    )  # fmt: skip


def failures_by_sort(session: Session, after: datetime, until: datetime, but: str = "") -> dict[str, int]:
    """Return how many letters were given up in a span and still are, by sort; those of the letter `but` left out."""
    failed_then = select(OutboxAttempt.id).where(
        OutboxAttempt.outbox_message_id == OutboxMessage.id, OutboxAttempt.outcome == FAILED,
        OutboxAttempt.at > after, OutboxAttempt.at <= until,
    )  # fmt: skip
    given_up = (OutboxMessage.state == FAILED, OutboxMessage.letter != but, exists(failed_then))
    rows = session.execute(
        select(OutboxMessage.last_reply, func.count()).where(*given_up).group_by(OutboxMessage.last_reply)
    )
    found: Counter[str] = Counter()
    for reply, count in rows:
        found[failure_sort(reply)] += count
    return dict(found)


def suppressed_count(session: Session) -> int:
    """Return how many addresses are marked as dead."""
    return session.scalar(select(func.count()).select_from(SuppressedAddress)) or 0


def suppressed_people(session: Session, limit: int = 200) -> list[tuple[SuppressedAddress, int | None, str | None]]:
    """Return the addresses that are marked with the id and name of whose they are, the latest first."""
    rows = select(SuppressedAddress, Person.id, Person.name).outerjoin(
        Person, Person.email == SuppressedAddress.address
    )
    found = session.execute(rows.order_by(SuppressedAddress.since.desc(), SuppressedAddress.address).limit(limit))
    return [(row[0], row[1], row[2]) for row in found]


def relay_state(session: Session) -> RelayState | None:
    """Return why the relay is paused, or None while it works."""
    return session.scalar(select(RelayState))


def mailbox_state(session: Session) -> MailboxState | None:
    """Return why the mailbox for answers cannot be read, or None while it works or there is none."""
    return session.scalar(select(MailboxState))


def is_relay_paused(session: Session, now: datetime) -> bool:
    """Return whether nothing is to be tried at the moment."""
    relay = relay_state(session)
    return relay is not None and now < relay.retry_at


def last_restored_at(session: Session) -> datetime | None:
    """Return when a backup was last restored: what was due by then may have been sent; None if that never happened."""
    return session.scalar(select(func.max(Restoration.restored_at)))


def owners_at_work(session: Session) -> list[str]:
    """Return the workers in whose name letters are being sent, alive or not."""
    owners = select(OutboxMessage.owner).where(OutboxMessage.state == SENDING).distinct()
    return [owner for owner in session.scalars(owners) if owner]


def letters_of(session: Session, owner: str) -> list[OutboxMessage]:
    """Return the letters that a worker holds, in the order in which it sends them."""
    held = select(OutboxMessage).where(OutboxMessage.owner == owner, OutboxMessage.state == SENDING)
    return list(session.scalars(held.order_by(OutboxMessage.next_attempt_at, OutboxMessage.id).with_for_update()))


def claimed_letter(session: Session, letter_id: int, owner: str) -> OutboxMessage | None:
    """Return a letter that the worker holds, locked for this transaction; None if it was taken away."""
    return session.scalar(_CLAIMED, {"letter_id": letter_id, "owner": owner})


def letter_to_mark(session: Session, letter_id: int) -> OutboxMessage | None:
    """Return a letter, whoever holds it, locked for this transaction and without its bytes."""
    return session.scalar(_WITHOUT_BYTES, {"letter_id": letter_id})


def ids_in_doubt(session: Session, now: datetime) -> list[str]:
    """Return the Message-IDs of the letters whose doubt is to be resolved."""
    return list(session.scalars(select(OutboxMessage.message_id).where(*_doubt_is_over(now))))


def doubt_to_resolve(session: Session, now: datetime) -> list[OutboxMessage]:
    """Return the letters that were long enough in doubt, as far as nobody else decides them at this moment."""
    return list(session.scalars(select(OutboxMessage).where(*_doubt_is_over(now)).with_for_update(skip_locked=True)))


def events_of(session: Session, messages: Iterable[OutboxMessage]) -> dict[int, Event]:
    """Return the events that the letters are about, by id."""
    ids = {message.event_id for message in messages if message.event_id is not None}
    return {event.id: event for event in session.scalars(select(Event).where(Event.id.in_(ids)))}


def suppressed_among(session: Session, addresses: Iterable[str]) -> dict[str, str]:
    """Return those of the addresses that cannot be reached, in lower case, each with what its server said."""
    lowered = {address.lower() for address in addresses}
    rows = session.scalars(select(SuppressedAddress).where(SuppressedAddress.address.in_(lowered)))
    return {row.address: row.reply for row in rows}


def _doubt_is_over(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return OutboxMessage.state == IN_DOUBT, OutboxMessage.next_attempt_at <= now


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
