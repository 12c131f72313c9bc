"""Reading the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.mail.models import (
    MISCONFIGURED,
    PENDING,
    SENDING,
    Heartbeat,
    OutboxMessage,
    RelayState,
    SuppressedAddress,
)

HEARTBEAT_LIMIT = timedelta(seconds=90)
LATE_LIMIT = timedelta(minutes=10)
NO_HEARTBEAT, LATE_LETTERS, RELAY_MISCONFIGURED = "no-heartbeat", "late-letters", "relay-misconfigured"
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
    """Whether letters go out, and if not the reasons as codes; instants as far as there are any."""

    reasons: tuple[str, ...]
    last_beat_at: datetime | None
    oldest_due_at: datetime | None

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
    }
    reasons = tuple(name for name, is_wrong in checks.items() if is_wrong)
    return MailHealth(reasons, beat_at, oldest if oldest is not None and oldest <= now else None)


def relay_state(session: Session) -> RelayState | None:
    """Return why the relay is paused, or None while it works."""
    return session.scalar(select(RelayState))


def is_relay_paused(session: Session, now: datetime) -> bool:
    """Return whether nothing is to be tried at the moment."""
    relay = relay_state(session)
    return relay is not None and now < relay.retry_at


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
    held = (OutboxMessage.id == letter_id, OutboxMessage.owner == owner, OutboxMessage.state == SENDING)
    return session.scalar(select(OutboxMessage).where(*held).with_for_update())


def events_of(session: Session, messages: Iterable[OutboxMessage]) -> dict[int, Event]:
    """Return the events that the letters are about, by id."""
    ids = {message.event_id for message in messages if message.event_id is not None}
    return {event.id: event for event in session.scalars(select(Event).where(Event.id.in_(ids)))}


def suppressed_among(session: Session, addresses: Iterable[str]) -> dict[str, str]:
    """Return those of the addresses that cannot be reached, in lower case, each with what its server said."""
    lowered = {address.lower() for address in addresses}
    rows = session.scalars(select(SuppressedAddress).where(SuppressedAddress.address.in_(lowered)))
    return {row.address: row.reply for row in rows}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
