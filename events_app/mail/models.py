"""The tables of the post: the outbox, what servers said, who is at work, who cannot be reached."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from events_app.events.models import Event
from events_app.people.models import Person
from events_app.shared.database import Base

PENDING, SENDING, IN_DOUBT, SENT = "pending", "sending", "in-doubt", "sent"
FAILED, EXPIRED, SUPERSEDED, STOPPED = "failed", "expired", "superseded", "stopped"
STATES = (PENDING, SENDING, IN_DOUBT, SENT, FAILED, EXPIRED, SUPERSEDED, STOPPED)

CLAIMED, DATA = "claimed", "data"

REPLY, BOUNCE, AUTOMATIC, OWN, OTHER, UNREADABLE = "reply", "bounce", "automatic", "own", "other", "unreadable"
SORTS = (REPLY, BOUNCE, AUTOMATIC, OWN, OTHER, UNREADABLE)

DOWN, MISCONFIGURED = "down", "misconfigured"


class OutboxMessage(Base):
    """A letter to one person: derived from facts, stored before it is sent, never deleted.

    `event_start`, `event_zone` and `event_status` must still match the event when the letter goes (none: no check).
    `next_attempt_at` is never before `due_at`; `rendered` holds the bytes frozen at the first attempt.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        Index("ix_outbox_message_claim", "state", "next_attempt_at", "id"),
        Index("ix_outbox_message_owner", "owner", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(String(255), unique=True)
    message_id: Mapped[str] = mapped_column(String(255))
    letter: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"), index=True)
    address: Mapped[str] = mapped_column(String(254))
    event_id: Mapped[int | None] = mapped_column(ForeignKey(Event.id, ondelete="SET NULL"), index=True)
    sequence: Mapped[int | None]
    event_start: Mapped[str | None] = mapped_column(String(16))
    event_zone: Mapped[str | None] = mapped_column(String(64))
    event_status: Mapped[str | None] = mapped_column(String(20))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    rendered: Mapped[bytes | None] = mapped_column(LargeBinary)
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(20), default=PENDING)
    phase: Mapped[str | None] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime]
    owner: Mapped[str | None] = mapped_column(String(80))
    last_reply: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class OutboxAttempt(Base):
    """What happened when a letter was tried: rows are only ever added. `outcome` is the state that followed."""

    __tablename__ = "outbox_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    outbox_message_id: Mapped[int] = mapped_column(ForeignKey(OutboxMessage.id, ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    owner: Mapped[str | None] = mapped_column(String(80))
    outcome: Mapped[str] = mapped_column(String(20))
    reply: Mapped[str] = mapped_column(Text, default="")


class Heartbeat(Base):
    """The last sign of life of a worker."""

    __tablename__ = "heartbeat"

    owner: Mapped[str] = mapped_column(String(80), primary_key=True)
    beat_at: Mapped[datetime] = mapped_column(index=True)


class SuppressedAddress(Base):
    """An address (lower case) that its server said does not exist; letters to it are not tried again."""

    __tablename__ = "suppressed_address"

    address: Mapped[str] = mapped_column(String(254), primary_key=True)
    reply: Mapped[str] = mapped_column(Text, default="")
    since: Mapped[datetime]


class RelayState(Base):
    """Why nothing is sent at the moment: at most one row, and none while the relay works."""

    __tablename__ = "relay_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(String(20))
    reply: Mapped[str] = mapped_column(Text, default="")
    paused_at: Mapped[datetime]
    retry_at: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=1)


class Restoration(Base):
    """A backup, taken at one instant, that was restored at another; rows are only ever added.

    What was due by `restored_at` may have been sent before, in days of which nothing is known any more.
    """

    __tablename__ = "restoration"

    id: Mapped[int] = mapped_column(primary_key=True)
    taken_at: Mapped[datetime]
    restored_at: Mapped[datetime]


class MailboxState(Base):
    """Why the mailbox for answers cannot be read: at most one row, and none while it works."""

    __tablename__ = "mailbox_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reply: Mapped[str] = mapped_column(Text, default="")
    failing_since: Mapped[datetime]
    retry_at: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=1)


class IncomingMail(Base):
    """A mail that came in: what sort it is and what became of it, each once by the digest of its bytes.

    `outcome` is a code (`answered`, `old-sequence`, `not-invited` ...); what is not settled waits on the desk until
    `settled_at`. `stored_as` names the kept file of what could not be understood.
    """

    __tablename__ = "incoming_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    received_at: Mapped[datetime] = mapped_column(index=True)
    message_id: Mapped[str] = mapped_column(String(255), default="")
    sender: Mapped[str] = mapped_column(String(254), default="")
    subject: Mapped[str] = mapped_column(String(200), default="")
    sort: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(40))
    comment: Mapped[str] = mapped_column(String(500), default="")
    event_id: Mapped[int | None] = mapped_column(ForeignKey(Event.id, ondelete="SET NULL"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"), index=True)
    state_code: Mapped[str | None] = mapped_column(String(2))
    stored_as: Mapped[str] = mapped_column(String(64), default="")
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
