"""The event: what, when, where, with whom."""

from datetime import date, datetime, time
from uuid import uuid4

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from events_app.events.models.kinds import Kind, Topic, Venue
from events_app.events.models.programme import AgendaItem, Document, EventChange
from events_app.partnership.models import ContactGroup
from events_app.shared.database import Base

DRAFT, PROPOSED, CONFIRMED, POSTPONED, CANCELLED = "draft", "proposed", "confirmed", "postponed", "cancelled"
STATUSES = (DRAFT, PROPOSED, CONFIRMED, POSTPONED, CANCELLED)

PUBLIC, PARTNERS, GROUP, SECRETARIAT = "public", "partners", "group", "secretariat"
VISIBILITIES = (PUBLIC, PARTNERS, GROUP, SECRETARIAT)

IN_PERSON, ONLINE, HYBRID = "in-person", "online", "hybrid"
FORMATS = (IN_PERSON, ONLINE, HYBRID)

HOST, CO_HOST = "host", "co-host"

event_group = Table(
    "event_group",
    Base.metadata,
    Column("event_id", ForeignKey("event.id", ondelete="CASCADE"), primary_key=True),
    Column("group_key", ForeignKey("contact_group.key"), primary_key=True),
)
event_topic = Table(
    "event_topic",
    Base.metadata,
    Column("event_id", ForeignKey("event.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_key", ForeignKey("topic.key"), primary_key=True),
)


class Series(Base):
    """Events that repeat weekly; each of them moves on its own."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind_key: Mapped[str] = mapped_column(ForeignKey("kind.key"))
    created_at: Mapped[datetime]


class EventHost(Base):
    """A State that hosts or co-hosts an event."""

    __tablename__ = "event_host"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    state_code: Mapped[str] = mapped_column(ForeignKey("state.code"), primary_key=True)
    role: Mapped[str] = mapped_column(String(10))


class Event(Base):
    """An event. Agreed: local dates, times and zone; derived: the instants `starts_at` and `ends_at` (exclusive).

    `changed_at` moves with every change, `modified_at` with those that everybody sees in a calendar who sees the
    event, `inner_modified_at` with those that only delegations see there, `scheduled_at` when the date or the status
    was last agreed. `published_at` is when it was first confirmed. `silence_ends_at` is when a no-objection procedure
    on it expires or expired; None while there is none, and from an objection on.
    """

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("(start_time IS NULL) = (end_time IS NULL)", name="times_together"),
        CheckConstraint("ends_on >= starts_on", name="days_in_order"),
        CheckConstraint("ends_at > starts_at", name="instants_in_order"),
        Index("ix_event_days", "starts_on", "ends_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(255), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    sequence: Mapped[int] = mapped_column(default=0)
    kind_key: Mapped[str] = mapped_column(ForeignKey("kind.key"), index=True)
    status: Mapped[str] = mapped_column(String(20), index=True)
    status_before: Mapped[str | None] = mapped_column(String(20))
    status_reason: Mapped[str] = mapped_column(String(500), default="")
    visibility: Mapped[str] = mapped_column(String(20))
    theme: Mapped[str] = mapped_column(String(300), default="")
    theme_language: Mapped[str] = mapped_column(String(2), default="en")

    starts_on: Mapped[date]
    start_time: Mapped[time | None]
    ends_on: Mapped[date]
    end_time: Mapped[time | None]
    time_zone: Mapped[str] = mapped_column(String(64))
    start_fold: Mapped[int] = mapped_column(default=0)
    end_fold: Mapped[int] = mapped_column(default=0)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)

    format: Mapped[str] = mapped_column(String(10), default=IN_PERSON)
    venue_key: Mapped[str | None] = mapped_column(ForeignKey("venue.key"))
    place: Mapped[str] = mapped_column(String(200), default="")
    joining_link: Mapped[str] = mapped_column(String(500), default="")
    chair_override_code: Mapped[str | None] = mapped_column(ForeignKey("state.code"))
    chair_override_reason: Mapped[str] = mapped_column(String(500), default="")
    interpretation: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_fund_financed: Mapped[bool] = mapped_column(default=False)
    rests_on: Mapped[str] = mapped_column(String(200), default="")
    rests_on_link: Mapped[str] = mapped_column(String(500), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    guests: Mapped[list[str]] = mapped_column(JSON, default=list)
    answer_by: Mapped[date | None]

    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    drafted_for_code: Mapped[str | None] = mapped_column(ForeignKey("state.code"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    modified_at: Mapped[datetime] = mapped_column(index=True)
    inner_modified_at: Mapped[datetime | None]
    scheduled_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    silence_ends_at: Mapped[datetime | None] = mapped_column(index=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy's own shape)

    kind: Mapped[Kind] = relationship()
    venue: Mapped[Venue | None] = relationship()
    groups: Mapped[list[ContactGroup]] = relationship(secondary=event_group, order_by=ContactGroup.position)
    topics: Mapped[list[Topic]] = relationship(secondary=event_topic, order_by=Topic.position)
    hosts: Mapped[list[EventHost]] = relationship(
        order_by=(EventHost.role.desc(), EventHost.state_code), cascade="all, delete-orphan"
    )
    agenda: Mapped[list[AgendaItem]] = relationship(
        order_by=(AgendaItem.held_on, AgendaItem.starts, AgendaItem.position), cascade="all, delete-orphan"
    )
    documents: Mapped[list[Document]] = relationship(order_by=Document.id, cascade="all, delete-orphan")
    changes: Mapped[list[EventChange]] = relationship(order_by=EventChange.id.desc(), cascade="all, delete-orphan")
    parent: Mapped["Event | None"] = relationship(remote_side=[id], back_populates="children")
    children: Mapped[list["Event"]] = relationship(back_populates="parent", order_by=lambda: Event.starts_at)

    @property
    def is_all_day(self) -> bool:
        """Whether the event has dates only."""
        return self.start_time is None

    @property
    def group_keys(self) -> tuple[str, ...]:
        """The keys of its Contact Groups, Mediterranean first."""
        return tuple(group.key for group in self.groups)

    @property
    def host_codes(self) -> tuple[str, ...]:
        """The States that host or co-host, the host first."""
        return tuple(host.state_code for host in self.hosts)

    def local_start_text(self) -> str:
        """Return what was agreed: `2027-03-02T10:00`, or `2027-03-02` for an all-day event."""
        if self.start_time is None:
            return self.starts_on.isoformat()
        return datetime.combine(self.starts_on, self.start_time).isoformat(timespec="minutes")


def new_uid(host: str) -> str:
    """Return a fresh globally unique identifier (RFC 5545, 3.8.4.7) under `host`."""
    return f"{uuid4()}@{host}"
