"""Noting what an event that was held teaches those who prepare the next one."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_app.events.errors import InvalidEventError, Problem, WrongStatusError
from events_app.events.models import Event, Lesson
from events_app.events.queries import lessons_on
from events_app.events.rules.life import HELD, reads_as
from events_app.trail.actions import record_deed

LONGEST_LESSON = 1000
NOTE = "note"


def note_lesson(session: Session, event: Event, text: str, now: datetime, *, person_id: int | None = None) -> Lesson:
    """Add a lesson of an event that was held; the same words of one person are not added twice.

    Raises WrongStatusError, InvalidEventError.
    """
    if reads_as(event, now) != HELD:
        raise WrongStatusError(NOTE, reads_as(event, now))
    if not 0 < len(text) <= LONGEST_LESSON:
        raise InvalidEventError([Problem("text", "unfit")])
    for known in lessons_on(session, event.id):
        if (known.text, known.noted_by_id) == (text, person_id):
            return known
    lesson = Lesson(event_id=event.id, text=text, noted_at=now, noted_by_id=person_id)
    session.add(lesson)
    session.flush()
    record_deed(session, person_id, "note", "lesson", lesson.id, now)
    session.flush()
    return lesson


def remove_lesson(session: Session, lesson: Lesson, now: datetime, *, person_id: int | None = None) -> None:
    """Delete a lesson."""
    record_deed(session, person_id, "remove", "lesson", lesson.id, now)
    session.delete(lesson)
    session.flush()
