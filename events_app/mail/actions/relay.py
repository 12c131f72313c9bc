"""Noting how the relay, the addresses and the workers are."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from events_app.mail.models import MISCONFIGURED, Heartbeat, RelayState, SuppressedAddress
from events_app.mail.rules import relay_retry_at
from events_app.people.models import Person
from events_app.trail.actions import record_deed

ONLY_ROW = 1
HEARTBEATS_KEPT = timedelta(days=1)


def pause_relay(session: Session, reason: str, reply: str, now: datetime) -> RelayState:
    """Stop all letters for a while; `reason` is `down` or `misconfigured`. Pausing again waits longer."""
    relay = session.get(RelayState, ONLY_ROW, with_for_update=True)
    if relay is None:
        relay = RelayState(id=ONLY_ROW, paused_at=now, failures=0)
        session.add(relay)
    relay.failures += 1
    relay.reason, relay.reply = reason, reply
    relay.retry_at = relay_retry_at(relay.failures, reason == MISCONFIGURED, now)
    session.flush()
    return relay


def resume_relay(session: Session) -> None:
    """Let letters go again at once."""
    session.execute(delete(RelayState), execution_options={"synchronize_session": False})


def suppress_address(session: Session, address: str, reply: str, now: datetime) -> None:
    """Note that an address does not exist, as its server said."""
    session.merge(SuppressedAddress(address=address.lower(), reply=reply, since=now))
    session.flush()


def clear_address(session: Session, person: Person, now: datetime, *, by_id: int | None = None) -> bool:
    """Let letters to somebody's address be tried again; return whether it had been suppressed."""
    found = session.get(SuppressedAddress, person.email.lower())
    if found is not None:
        session.delete(found)
        record_deed(session, by_id, "clear-address", "person", person.id, now)
        session.flush()
    return found is not None


def beat(session: Session, owner: str, now: datetime) -> None:
    """Note that a worker is alive; forget workers that were not heard of for a day."""
    session.execute(delete(Heartbeat).where(Heartbeat.beat_at < now - HEARTBEATS_KEPT))
    session.merge(Heartbeat(owner=owner, beat_at=now))
    session.flush()
