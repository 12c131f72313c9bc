"""The tables of what is due to whom: rules, what readers prefer, changes that are to be told."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from events_app.shared.database import Base

AT_ONCE, IN_DIGEST, NOT_AT_ALL = "at-once", "digest", "never"
MODES = (AT_ONCE, IN_DIGEST, NOT_AT_ALL)


class ReminderRule(Base):
    """On which days before an event a part is reminded, where that differs from the kind's data.

    For one event, or for a kind in a group (empty: in any). No days mean no reminder.
    """

    __tablename__ = "reminder_rule"
    __table_args__ = (UniqueConstraint("event_id", "kind_key", "group_key", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind_key: Mapped[str | None] = mapped_column(ForeignKey("kind.key"))
    group_key: Mapped[str] = mapped_column(String(30), default="")
    part: Mapped[str] = mapped_column(String(20))
    days: Mapped[list[int]] = mapped_column(JSON, default=list)


class LetterPreference(Base):
    """How somebody wants a letter: at once, in the weekly digest, not at all. Without a row: at once."""

    __tablename__ = "letter_preference"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    letter: Mapped[str] = mapped_column(String(40), primary_key=True)
    mode: Mapped[str] = mapped_column(String(10))


class ChangeNotice(Base):
    """A change of an event that is to be told: what it was before the first edit of the sitting, and when it goes.

    Edits before `due_at` join it and put it off; `derived_at` is when its letters were put into the outbox.
    """

    __tablename__ = "change_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    was: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(String(500), default="")
    derived_at: Mapped[datetime | None] = mapped_column(index=True)


class PreparationStep(Base):
    """What differs, for one event, from a step that its kind carries, or a step of its own.

    `working_days` before (-) or after the event; empty `name`: the kind's. Without a row a step is as the kind has it,
    assigned to nobody and not done.
    """

    __tablename__ = "preparation_step"
    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120), default="")
    working_days: Mapped[int]
    is_dropped: Mapped[bool] = mapped_column(default=False)
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime]
