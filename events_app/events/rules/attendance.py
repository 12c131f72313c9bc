"""What a delegation may answer and suggest, until when, and what the answers amount to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from events_app.dates.wall_time import day_bounds, local_of
from events_app.events.errors import Problem
from events_app.events.models import (
    ATTENDS,
    ATTENDS_ONLINE,
    CONFIRMED,
    DATE,
    DECLINES,
    HYBRID,
    IN_PERSON,
    ONLINE,
    PROPOSED,
    SUGGESTIONS,
    Answer,
    Event,
)
from events_app.events.rules.details import LAST_DAY
from events_app.partnership.rules import Partnership

OPEN_STATUSES = (PROPOSED, CONFIRMED)
OFFERED = {
    IN_PERSON: (ATTENDS, DECLINES),
    ONLINE: (ATTENDS_ONLINE, DECLINES),
    HYBRID: (ATTENDS, ATTENDS_ONLINE, DECLINES),
}
MOST_ACCOMPANYING = 50
LENGTHS = {"head": 120, "names": 2000}
LONGEST_SUGGESTION = 500
MOST_SUGGESTIONS = 20


@dataclass(frozen=True)
class AnswerDetails:
    """What a delegation answers: whether and how it comes, its head, how many accompany, their names (a line each)."""

    answer: str
    head: str = ""
    accompanying: int = 0
    names: str = ""


@dataclass(frozen=True)
class AnswerCounts:
    """How many delegations come in person or online or decline, and how many people come in all."""

    in_person: int
    online: int
    declined: int
    people: int


def takes_answers(event: Event, now: datetime) -> bool:
    """Return whether delegations can answer: the event is proposed or confirmed, and has not begun."""
    return event.status in OPEN_STATUSES and event.starts_at > now


def is_late(event: Event, now: datetime) -> bool:
    """Return whether the last day for answers has ended, in the event's zone."""
    return event.answer_by is not None and now >= day_bounds(event.answer_by, event.answer_by, event.time_zone)[1]


def offered_answers(event: Event) -> tuple[str, ...]:
    """Return the answers that the format of an event allows."""
    return OFFERED[event.format]


def answer_problems(details: AnswerDetails, event: Event) -> list[Problem]:
    """Return everything that is wrong with an answer."""
    return list(_answer_problems(details, event))


def suggestion_problems(what: str, text: str, day: date | None, event: Event, now: datetime) -> list[Problem]:
    """Return everything that is wrong with a suggestion; its day is one of the event's zone."""
    return list(_suggestion_problems(what, text, day, local_of(now, event.time_zone).date()))


def without_company(details: AnswerDetails) -> AnswerDetails:
    """Return what is kept of an answer: of a delegation that does not come no names."""
    return AnswerDetails(DECLINES) if details.answer == DECLINES else details


def details_of_answer(answer: Answer) -> AnswerDetails:
    """Return what was entered of a stored answer."""
    return AnswerDetails(answer.answer, answer.head, answer.accompanying, answer.names)


def answer_counts(answers: Iterable[Answer]) -> AnswerCounts:
    """Return what the answers amount to; every delegation that comes has a head."""
    answers = list(answers)
    given = [answer.answer for answer in answers]
    people = sum(1 + answer.accompanying for answer in answers if answer.answer != DECLINES)
    return AnswerCounts(given.count(ATTENDS), given.count(ATTENDS_ONLINE), given.count(DECLINES), people)


def unanswered_codes(invited: set[str], answers: Iterable[Answer]) -> set[str]:
    """Return the States invited whose delegations have not answered."""
    return invited - {answer.state_code for answer in answers}


def leading_codes(event: Event, partnership: Partnership) -> list[str]:
    """Return the Chairmanship of the event's date, then the outgoing and the incoming one, as far as decided."""
    outgoing, present, incoming = partnership.troika(event.starts_on)
    decided = (chair.state_code for chair in (present, outgoing, incoming) if chair.is_decided)
    return list(dict.fromkeys(code for code in decided if code))


def _answer_problems(details: AnswerDetails, event: Event) -> Iterator[Problem]:
    if details.answer not in offered_answers(event):
        yield Problem("answer", "unknown")
    if not 0 <= details.accompanying <= MOST_ACCOMPANYING:
        reason = "too-few" if details.accompanying < 0 else "too-many"
        yield Problem("accompanying", reason, {"most": MOST_ACCOMPANYING})
    for name, most in LENGTHS.items():
        if len(getattr(details, name)) > most:
            yield Problem(name, "too-long", {"most": most})


def _suggestion_problems(what: str, text: str, day: date | None, today: date) -> Iterator[Problem]:
    if what not in SUGGESTIONS:
        yield Problem("what", "unknown")
    if len(text) > LONGEST_SUGGESTION:
        yield Problem("text", "too-long", {"most": LONGEST_SUGGESTION})
    if what != DATE and not text.strip():
        yield Problem("text", "needed")
    if what == DATE and day is None:
        yield Problem("day", "needed")
    if day and not today <= day <= LAST_DAY:
        yield Problem("day", "in-the-past" if day < today else "too-far", {"last": LAST_DAY.year})
