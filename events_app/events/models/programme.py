"""What hangs on an event: its agenda, its documents, its history."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from events_app.shared.database import Base

DOCUMENT_TYPES = ("agenda", "summary", "press-release", "decision", "invitation", "other")


class AgendaItem(Base):
    """One point of an event's agenda, in the event's zone."""

    __tablename__ = "agenda_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    held_on: Mapped[date]
    starts: Mapped[time | None]
    title: Mapped[str] = mapped_column(String(300))
    speakers: Mapped[str] = mapped_column(String(300), default="")


class Document(Base):
    """A document of an event: a link, or an uploaded file (`stored_as` under the instance folder's `uploads/`).

    `visibility` empty: whoever sees the event sees the document.
    """

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    type: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    link: Mapped[str] = mapped_column(String(500), default="")
    stored_as: Mapped[str] = mapped_column(String(64), default="")
    file_name: Mapped[str] = mapped_column(String(200), default="")
    content_type: Mapped[str] = mapped_column(String(100), default="")
    size: Mapped[int] = mapped_column(default=0)
    visibility: Mapped[str] = mapped_column(String(20), default="")
    added_at: Mapped[datetime]

    @property
    def is_file(self) -> bool:
        """Whether it was uploaded here, rather than linked."""
        return bool(self.stored_as)


class EventChange(Base):
    """One entry of an event's history: who, when, what was and what is, field by field."""

    __tablename__ = "event_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    verb: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500), default="")
    fields: Mapped[dict[str, list[Any]]] = mapped_column(JSON, default=dict)
    sequence: Mapped[int]


class ArchiveYear(Base):
    """A year whose record is incomplete: its events have no ordinals and no quota."""

    __tablename__ = "archive_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Lesson(Base):
    """What those who prepared an event would tell those who prepare the next one."""

    __tablename__ = "lesson"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(String(1000))
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
