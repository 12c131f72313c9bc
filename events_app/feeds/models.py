"""The tables of the feeds: personal links, and from where they are fetched."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from events_app.people.models import Person
from events_app.shared.database import Base

BUSY, TITLE, FULL = "busy", "title", "full"
DETAILS = (BUSY, TITLE, FULL)


class FeedLink(Base):
    """A personal feed: what its owner chose to see of what the owner may see. Only the token's digest is kept.

    Empty keys mean any. `alarm_minutes` is the time before the start (0: none), `changed_at` when the choice last
    changed, `served_etag` the version fetched last and `served_since` when it was first.
    """

    __tablename__ = "feed_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(80))
    group_keys: Mapped[list[str]] = mapped_column(JSON, default=list)
    kind_keys: Mapped[list[str]] = mapped_column(JSON, default=list)
    topic_keys: Mapped[list[str]] = mapped_column(JSON, default=list)
    language: Mapped[str] = mapped_column(String(2))
    detail: Mapped[str] = mapped_column(String(10), default=FULL)
    alarm_minutes: Mapped[int] = mapped_column(default=0)
    shows_cancelled: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    fetched_at: Mapped[datetime | None]
    program: Mapped[str] = mapped_column(String(60), default="")
    served_etag: Mapped[str] = mapped_column(String(64), default="")
    served_since: Mapped[datetime | None]
    person: Mapped[Person] = relationship()
    fetches: Mapped[list["FeedFetch"]] = relationship(cascade="all, delete-orphan")


class FeedFetch(Base):
    """That a link was fetched from a network, by its keyed digest: many of them tell of a link that went around."""

    __tablename__ = "feed_fetch"
    __table_args__ = (UniqueConstraint("link_id", "network"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("feed_link.id", ondelete="CASCADE"))
    network: Mapped[str] = mapped_column(String(16))
    fetched_at: Mapped[datetime] = mapped_column(index=True)
