"""Answering an invitation, suggesting something for an event, settling what was suggested."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.errors import AnswersClosedError, InvalidAttendanceError, Problem, SuggestionSettledError
from events_app.events.models import NOT_TAKEN, OPEN, TAKEN, Answer, Event, Suggestion
from events_app.events.queries import answer_of, suggestions_of
from events_app.events.rules.attendance import (
    MOST_SUGGESTIONS,
    AnswerDetails,
    answer_problems,
    details_of_answer,
    is_late,
    suggestion_problems,
    takes_answers,
    without_company,
)
from events_app.events.rules.table import invited_codes
from events_app.partnership.queries import partnership
from events_app.trail.actions import record_deed


def answer_invitation(
    session: Session, event: Event, state_code: str, details: AnswerDetails, now: datetime,
    person_id: int | None = None,
) -> Answer:  # fmt: skip
    """Write the answer of a delegation over the one it gave before; after the last day for answers it is late.

    An answer that says the same again changes nothing. Raises AnswersClosedError, InvalidAttendanceError.
    """
    _require_open(session, event, state_code, now)
    _refuse(answer_problems(details, event))
    given, kept = answer_of(session, event.id, state_code), without_company(details)
    if given and details_of_answer(given) == kept:
        return given
    answer = given or Answer(event_id=event.id, state_code=state_code)
    for name, value in vars(kept).items():
        setattr(answer, name, value)
    answer.answered_by_id, answer.answered_at, answer.is_late = person_id, now, is_late(event, now)
    session.add(answer)
    session.flush()
    record_deed(session, person_id, "change-answer" if given else "answer", "answer", answer.id, now)
    session.flush()
    return answer


def suggest(
    session: Session, event: Event, state_code: str, what: str, text: str, day: date | None, now: datetime,
    person_id: int | None = None,
) -> Suggestion:  # fmt: skip
    """Add what a delegation suggests; what it suggested already and is still open is not added twice.

    Raises AnswersClosedError, InvalidAttendanceError.
    """
    _require_open(session, event, state_code, now)
    _refuse(suggestion_problems(what, text, day, event, now))
    suggested = [s for s in suggestions_of(session, event.id) if s.state_code == state_code and s.state == OPEN]
    for known in suggested:
        if (known.what, known.text, known.day) == (what, text, day):
            return known
    if len(suggested) >= MOST_SUGGESTIONS:
        _refuse([Problem("text", "too-many", {"most": MOST_SUGGESTIONS})])
    suggestion = Suggestion(
        event_id=event.id, state_code=state_code, suggested_by_id=person_id, suggested_at=now,
        what=what, text=text, day=day,
    )  # fmt: skip
    session.add(suggestion)
    session.flush()
    record_deed(session, person_id, "suggest", "suggestion", suggestion.id, now)
    session.flush()
    return suggestion


def settle_suggestion(
    session: Session, suggestion: Suggestion, state: str, now: datetime, person_id: int | None = None
) -> Suggestion:
    """Say whether a suggestion is taken up; raises SuggestionSettledError, InvalidAttendanceError."""
    if state not in (TAKEN, NOT_TAKEN):
        _refuse([Problem("state", "unknown")])
    if suggestion.state != OPEN:
        raise SuggestionSettledError(suggestion.state)
    suggestion.state = state
    record_deed(session, person_id, "settle", "suggestion", suggestion.id, now)
    session.flush()
    return suggestion


def _require_open(session: Session, event: Event, state_code: str, now: datetime) -> None:
    if not takes_answers(event, now):
        raise AnswersClosedError(event.status)
    if state_code not in invited_codes(event, partnership(session)):
        _refuse([Problem("state", "not-invited")])
    # Delegations queue up at the event, so that two colleagues who answer at once write one row.
    session.execute(select(Event.id).where(Event.id == event.id).with_for_update())


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise InvalidAttendanceError(problems)
