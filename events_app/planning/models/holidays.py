"""Public holidays, frozen per year, and what the secretariat corrected of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from events_app.shared.database import Base


class HolidayYear(Base):
    """A year whose holidays were taken over: a later release of their source changes nothing in it."""

    __tablename__ = "holiday_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    frozen_at: Mapped[datetime]
    source: Mapped[str] = mapped_column(String(80))


class StoredHoliday(Base):
    """A State's public holiday, as its source gave it when the year was frozen; English name."""

    __tablename__ = "holiday"
    __table_args__ = (UniqueConstraint("state_code", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    state_code: Mapped[str] = mapped_column(ForeignKey("state.code"))
    day: Mapped[date] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(300))
    is_estimated: Mapped[bool]


class HolidayCorrection(Base):
    """What the secretariat knows better of one State and day: a holiday there (with its name), or none (empty).

    `moved_from` is the day on which it had been expected; `confirmed_on` when the State announced it.
    """

    __tablename__ = "holiday_correction"
    __table_args__ = (
        UniqueConstraint("state_code", "day"),
        CheckConstraint("is_estimated = false OR name <> ''", name="estimates_have_names"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    state_code: Mapped[str] = mapped_column(ForeignKey("state.code"))
    day: Mapped[date] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(300), default="")
    is_estimated: Mapped[bool] = mapped_column(default=False)
    moved_from: Mapped[date | None]
    confirmed_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(500))
    source: Mapped[str] = mapped_column(String(500), default="")
    corrected_at: Mapped[datetime]
    corrected_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
