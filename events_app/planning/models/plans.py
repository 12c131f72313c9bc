"""Year plans that were adopted, and clashes that somebody accepted."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from events_app.shared.database import Base


class PlanVersion(Base):
    """An adopted plan of a year: 1, 1.1, 1.2 …; 2 when its rules changed.

    `plan` is the document that `events-app plan --json` prints, each event with the `event_id` that it became.
    """

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("year", "major", "minor"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(index=True)
    major: Mapped[int]
    minor: Mapped[int]
    note: Mapped[str] = mapped_column(String(500), default="")
    plan: Mapped[dict[str, Any]] = mapped_column(JSON)
    adopted_at: Mapped[datetime]
    adopted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))

    @property
    def number(self) -> str:
        """The number as people say it: `1`, `1.1`."""
        return f"{self.major}.{self.minor}" if self.minor else str(self.major)


class AcceptedClash(Base):
    """That somebody saved an event in spite of a clash, and why. `clash` names it: what, with whom, when."""

    __tablename__ = "accepted_clash"
    __table_args__ = (UniqueConstraint("event_id", "clash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    clash: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(500))
    accepted_at: Mapped[datetime]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
