"""Date consultations: polls on several dates, and no-objection procedures on one proposal."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from events_app.events.models import Event
from events_app.shared.database import Base

POLL, NO_OBJECTION = "poll", "no-objection"
CONSULTATIONS = (POLL, NO_OBJECTION)

YES, IF_NEED_BE, NO = "yes", "if-need-be", "no"
POLL_ANSWERS = (YES, IF_NEED_BE, NO)

UNOPPOSED, DIFFICULTY, OBJECTION, AMENDMENT = "unopposed", "difficulty", "objection", "amendment"
REACTIONS = (UNOPPOSED, DIFFICULTY, OBJECTION, AMENDMENT)
BREAKING = (OBJECTION, AMENDMENT)


class Consultation(Base):
    """A date consultation on an event: a poll, or a no-objection procedure.

    `expires_at`: until then a poll takes answers; at that minute a no-objection procedure has succeeded unless broken.
    `settled_at` is when a poll's date was chosen; a no-objection procedure's result is computed, never stored here.
    `sequence` is the event's SEQUENCE when it was opened.
    """

    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint("what IN ('poll', 'no-objection')", name="what_is_known"),
        Index("ix_consultation_expires_at", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    expires_at: Mapped[datetime]
    sequence: Mapped[int]
    are_answers_shown: Mapped[bool] = mapped_column(default=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    withdrawn_because: Mapped[str] = mapped_column(String(500), default="")
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))

    event: Mapped[Event] = relationship()
    options: Mapped[list["PollOption"]] = relationship(
        back_populates="consultation",
        order_by=lambda: (PollOption.starts_at, PollOption.id),
        cascade="all, delete-orphan",
    )
    reactions: Mapped[list["Reaction"]] = relationship(
        order_by=lambda: Reaction.id, cascade="all, delete-orphan"
    )  # fmt: skip


class PollOption(Base):
    """One date of a poll, as agreed and as instants (exclusive end); an entry of its own in calendars under `uid`.

    `sequence` rises when the date changes or is released; `removed_at`: taken back before the poll was settled.
    """

    __tablename__ = "poll_option"
    __table_args__ = (
        CheckConstraint("(start_time IS NULL) = (end_time IS NULL)", name="times_together"),
        CheckConstraint("ends_at > starts_at", name="instants_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    uid: Mapped[str] = mapped_column(String(255), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    starts_on: Mapped[date]
    start_time: Mapped[time | None]
    ends_on: Mapped[date]
    end_time: Mapped[time | None]
    time_zone: Mapped[str] = mapped_column(String(64))
    start_fold: Mapped[int] = mapped_column(default=0)
    end_fold: Mapped[int] = mapped_column(default=0)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    is_chosen: Mapped[bool] = mapped_column(default=False)
    removed_at: Mapped[datetime | None]
    modified_at: Mapped[datetime]

    consultation: Mapped[Consultation] = relationship(back_populates="options")
    answers: Mapped[list["PollAnswer"]] = relationship(
        order_by=lambda: PollAnswer.state_code, cascade="all, delete-orphan"
    )


class PollAnswer(Base):
    """What a delegation answers to one date of a poll: yes, if need be, no."""

    __tablename__ = "poll_answer"
    __table_args__ = (UniqueConstraint("option_id", "state_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    option_id: Mapped[int] = mapped_column(ForeignKey("poll_option.id", ondelete="CASCADE"), index=True)
    state_code: Mapped[str] = mapped_column(ForeignKey("state.code"))
    answer: Mapped[str] = mapped_column(String(20))
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime]


class Reaction(Base):
    """What a delegation says in a no-objection procedure; never changed, never deleted.

    An objection or amendment of a State that may object breaks the procedure, unless it `is_late`. `breaks` says
    whether it did.
    """

    __tablename__ = "reaction"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    state_code: Mapped[str] = mapped_column(ForeignKey("state.code"))
    what: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(2000), default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    is_late: Mapped[bool] = mapped_column(default=False)
    breaks: Mapped[bool] = mapped_column(default=False)
