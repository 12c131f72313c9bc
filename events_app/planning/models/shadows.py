"""Shadows: events of other bodies, kept only so that planning sees them. They are never shown as ours."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from events_app.shared.database import Base


class ShadowCalendar(Base):
    """The calendar of another body, as one file told it last."""

    __tablename__ = "shadow_calendar"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    source_file_name: Mapped[str] = mapped_column(String(200))
    imported_at: Mapped[datetime]
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    shadows: Mapped[list["Shadow"]] = relationship(
        back_populates="calendar", order_by=lambda: (Shadow.starts_on, Shadow.id), cascade="all, delete-orphan"
    )


class Shadow(Base):
    """One event of another body: its days in `time_zone`, both included, and its instants unless it is all-day."""

    __tablename__ = "shadow"
    __table_args__ = (
        UniqueConstraint("calendar_id", "uid"),
        CheckConstraint("ends_on >= starts_on", name="days_in_order"),
        CheckConstraint("is_all_day = (starts_at IS NULL)", name="all_day_without_instants"),
        CheckConstraint("(starts_at IS NULL) = (ends_at IS NULL)", name="instants_together"),
        Index("ix_shadow_days", "starts_on", "ends_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("shadow_calendar.id", ondelete="CASCADE"), index=True)
    uid: Mapped[str] = mapped_column(String(255))
    title: Mapped[str] = mapped_column(String(300))
    location: Mapped[str] = mapped_column(String(200), default="")
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    is_all_day: Mapped[bool]
    time_zone: Mapped[str] = mapped_column(String(64))
    calendar: Mapped[ShadowCalendar] = relationship(back_populates="shadows")
