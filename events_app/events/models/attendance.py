"""Who comes: the answer of each delegation, and what delegations suggest."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from events_app.shared.database import Base

ATTENDS, ATTENDS_ONLINE, DECLINES = "attends", "attends-online", "declines"
ANSWERS = (ATTENDS, ATTENDS_ONLINE, DECLINES)

SIDE_EVENT, AGENDA_POINT, DATE = "side-event", "agenda-point", "date"
SUGGESTIONS = (SIDE_EVENT, AGENDA_POINT, DATE)
OPEN, TAKEN, NOT_TAKEN = "open", "taken", "not-taken"


class Answer(Base):
    """What a delegation answers to an invitation: one row a delegation, changed as often as it likes."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("event_id", "state_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    state_code: Mapped[str] = mapped_column(ForeignKey("state.code"), index=True)
    answer: Mapped[str] = mapped_column(String(20))
    head: Mapped[str] = mapped_column(String(120), default="")
    accompanying: Mapped[int] = mapped_column(default=0)
    names: Mapped[str] = mapped_column(String(2000), default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime]
    is_late: Mapped[bool] = mapped_column(default=False)


class Invitation(Base):
    """That a contact point was invited by mail for a delegation; what it answers counts only under this invitation.

    `sequence` is the SEQUENCE under which it was sent out; each of its `withdrawals` puts this reader's SEQUENCE one
    ahead of the event's, so that calendar programs follow. `replied_at` is the DTSTAMP of the last reply by mail that
    counted, `replied_sequence` its SEQUENCE.
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("event_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    state_code: Mapped[str] = mapped_column(ForeignKey("state.code"))
    invited_at: Mapped[datetime]
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    withdrawn_at: Mapped[datetime | None]
    sequence: Mapped[int] = mapped_column(default=0)
    withdrawals: Mapped[int] = mapped_column(default=0)
    replied_at: Mapped[datetime | None]
    replied_sequence: Mapped[int | None]


class Suggestion(Base):
    """What a delegation suggests for an event: a side event, a point of the agenda, another date."""

    __tablename__ = "suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    state_code: Mapped[str] = mapped_column(ForeignKey("state.code"), index=True)
    suggested_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    suggested_at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(500))
    day: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(20), default=OPEN)
