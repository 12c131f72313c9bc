"""What the page of an event says of answers: to each delegation its own, to the organisers how many come."""

from dataclasses import dataclass
from datetime import date

from events_app.events.models import DRAFT, OPEN, Answer, Event, Suggestion
from events_app.events.queries import answers_of, suggestions_of
from events_app.events.rules.attendance import AnswerCounts, answer_counts, takes_answers, unanswered_codes
from events_app.events.rules.life import is_over
from events_app.events.rules.table import invited_codes
from events_app.extensions import db
from events_app.rights.models import Action
from events_app.rights.rules import may_answer_for
from events_app.web.access import allowed, current_reader, now
from events_app.web.attendance.delegations import own_codes
from events_app.web.context import language
from events_app.web.rows import state_text
from events_app.words.attendance import answer_name, suggestion_name, suggestion_state_name


@dataclass(frozen=True)
class OwnAnswer:
    """What the reader's delegation answered (empty: nothing yet), and whether it still can."""

    code: str
    state: str
    answer: str
    people: list[str]
    accompanying: int
    is_late: bool
    is_open: bool


@dataclass(frozen=True)
class SuggestionLine:
    """One suggestion in words; `is_open` while the organisers have not settled it."""

    id: int
    state: str
    what: str
    text: str
    day: date | None
    outcome: str
    is_open: bool


@dataclass(frozen=True)
class Answers:
    """The section of a page: `counts` are there for organisers only, and `suggestions` are those one may see."""

    own: list[OwnAnswer]
    counts: AnswerCounts | None
    unanswered: int
    suggestions: list[SuggestionLine]
    is_for_others: bool
    may_settle: bool


def event_answers(event: Event) -> Answers | None:
    """Return what this reader sees of the answers to an event; None where there is nothing to see."""
    own, organises = own_codes(event), allowed(Action.SEE_ATTENDANCE, event)
    if event.status == DRAFT or not (own or organises):
        return None
    given = answers_to(event)
    if not given and is_over(event, now()):
        return None
    invited = invited_codes(event, current_reader().partnership)
    seen = [s for s in suggestions_of(db.session(), event.id) if organises or s.state_code in own]
    by_code = {answer.state_code: answer for answer in given}
    return Answers(
        own=[_own_answer(event, code, by_code.get(code)) for code in own],
        counts=answer_counts(given) if organises else None,
        unanswered=len(unanswered_codes(invited, given)),
        suggestions=[_suggestion_line(suggestion) for suggestion in seen],
        is_for_others=current_reader().is_secretary and bool(invited) and takes_answers(event, now()),
        may_settle=allowed(Action.EDIT, event),
    )


def answers_to(event: Event) -> list[Answer]:
    """Return the answers of the delegations that are invited as the event stands now."""
    invited = invited_codes(event, current_reader().partnership)
    return [answer for answer in answers_of(db.session(), event.id) if answer.state_code in invited]


def people_of_answer(answer: Answer) -> list[str]:
    """Return the names given, the head of delegation first."""
    return [name for name in (answer.head, *answer.names.splitlines()) if name.strip()]


def _own_answer(event: Event, code: str, answer: Answer | None) -> OwnAnswer:
    return OwnAnswer(
        code=code,
        state=state_text(code),
        answer=answer_name(answer.answer, language()) if answer else "",
        people=people_of_answer(answer) if answer else [],
        accompanying=answer.accompanying if answer else 0,
        is_late=answer.is_late if answer else False,
        is_open=may_answer_for(current_reader(), code, event, now()),
    )


def _suggestion_line(suggestion: Suggestion) -> SuggestionLine:
    return SuggestionLine(
        id=suggestion.id,
        state=state_text(suggestion.state_code),
        what=suggestion_name(suggestion.what, language()),
        text=suggestion.text,
        day=suggestion.day,
        outcome=suggestion_state_name(suggestion.state, language()),
        is_open=suggestion.state == OPEN,
    )
