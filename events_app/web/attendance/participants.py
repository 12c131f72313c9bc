"""The participants of an event: who comes in protocol order, who declined, who has not answered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from events_app.events.models import DECLINES, Answer, Event
from events_app.events.rules.attendance import AnswerCounts, answer_counts, unanswered_codes
from events_app.events.rules.table import invited_codes
from events_app.web.access import current_reader
from events_app.web.attendance.delegations import in_protocol_order
from events_app.web.attendance.sheet import answers_to
from events_app.web.context import language, say
from events_app.web.rows import state_text
from events_app.words.attendance import answer_name


@dataclass(frozen=True)
class ParticipantRow:
    """One delegation that comes."""

    state: str
    answer: str
    head: str
    accompanying: int
    names: list[str]
    is_late: bool


@dataclass(frozen=True)
class Participants:
    """Everything that organisers see of the answers; lists of States are their names in protocol order."""

    counts: AnswerCounts
    rows: list[ParticipantRow]
    guests: list[str]
    declined: list[str]
    unanswered: list[str]


def participants_of(event: Event) -> Participants:
    """Return the participants of an event."""
    by_code = {answer.state_code: answer for answer in answers_to(event)}
    ordered = [by_code[code] for code in in_protocol_order(by_code, event)]
    invited = invited_codes(event, current_reader().partnership)
    return Participants(
        counts=answer_counts(ordered),
        rows=[_row(answer) for answer in ordered if answer.answer != DECLINES],
        guests=list(event.guests),
        declined=[state_text(answer.state_code) for answer in ordered if answer.answer == DECLINES],
        unanswered=[state_text(code) for code in in_protocol_order(unanswered_codes(invited, ordered), event)],
    )


def participant_lines(participants: Participants) -> Iterator[Iterable[str]]:
    """Return the list of participants as lines of cells, with a heading."""
    yield (
        say("Delegation"), say("Answer"), say("Head of delegation"), say("Accompanying"), say("Names"), say("Late"),
    )  # fmt: skip
    for row in participants.rows:
        late = say("yes") if row.is_late else ""
        yield row.state, row.answer, row.head, str(row.accompanying), "; ".join(row.names), late
    for guest in participants.guests:
        yield guest, say("Guest"), "", "", "", ""


def _row(answer: Answer) -> ParticipantRow:
    return ParticipantRow(
        state=state_text(answer.state_code),
        answer=answer_name(answer.answer, language()),
        head=answer.head,
        accompanying=answer.accompanying,
        names=[name for name in answer.names.splitlines() if name.strip()],
        is_late=answer.is_late,
    )
