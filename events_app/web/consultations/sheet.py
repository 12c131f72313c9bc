"""What the page of a consultation says: to its organisers everything, to delegations their own and what is shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from events_app.events.queries import changes_of
from events_app.events.rules.table import invited_codes
from events_app.extensions import db
from events_app.people.queries import names_by_id
from events_app.planning.consultations.polling import CHANGE
from events_app.planning.consultations.polls import answering_codes, dates_of, live_options, tallies
from events_app.planning.consultations.rules import AGREED, reacted_codes
from events_app.planning.models import DIFFICULTY, POLL, Consultation, PollOption, Reaction
from events_app.rights.models import Action
from events_app.web.access import allowed, current_reader
from events_app.web.consultations.forms import field_of
from events_app.web.consultations.reach import outcome_now, own_codes
from events_app.web.context import language, reader_zone, say
from events_app.web.rows import state_text
from events_app.words.changes import Agreed, agreed_elsewhere, agreed_text
from events_app.words.consultations import poll_answer_name, reaction_name
from events_app.words.dates import instant_text
from events_app.words.states import sorted_by_name


@dataclass(frozen=True)
class ReactionLine:
    """What a delegation said, when and in which words."""

    state: str
    what: str
    word: str
    text: str
    at: str
    is_late: bool
    breaks: bool


@dataclass(frozen=True)
class OptionLine:
    """One date of a poll and the form's field for it; no counts where the reader does not see what others answered."""

    id: int
    field: str
    number: int
    when: str
    reader_when: str
    counts: tuple[int, int, int] | None
    unable: list[str]
    is_best: bool
    is_chosen: bool


@dataclass(frozen=True)
class Moment:
    """One entry of the course of a consultation."""

    at: str
    sentence: str
    person: str = ""
    reason: str = ""


Happened = tuple[datetime, Moment]


def sees_all(consultation: Consultation) -> bool:
    """Return whether this reader sees what every delegation said."""
    return consultation.are_answers_shown or allowed(Action.CONSULT, consultation.event)


def reactions(consultation: Consultation) -> list[ReactionLine]:
    """Return what this reader may know was said, the earliest first."""
    return [_reaction_line(reaction) for reaction in _seen(consultation)]


def silent(consultation: Consultation) -> list[str]:
    """Return the names of the delegations that have not said everything, if this reader sees all.

    Whose difficulty is hidden from the reader counts as silent: what is missing from both lists would give it away.
    """
    if not sees_all(consultation):
        return []
    asked = invited_codes(consultation.event, current_reader().partnership)
    missing = asked - (reacted_codes(consultation) - _hidden_codes(consultation))
    return [state_text(code) for code in sorted_by_name(missing, language())]


def asked_count(consultation: Consultation) -> int:
    """Return how many delegations are asked."""
    return len(invited_codes(consultation.event, current_reader().partnership))


def options(poll: Consultation) -> list[OptionLine]:
    """Return the dates of a poll with what they amount to."""
    counted = tallies(poll, invited_codes(poll.event, current_reader().partnership))
    shows = sees_all(poll)
    return [
        OptionLine(
            id=tally.option.id,
            field=field_of(tally.option),
            number=number,
            when=agreed_text(_when(tally.option), language()),
            reader_when=agreed_elsewhere(_when(tally.option), reader_zone(), language()),
            counts=(tally.yes, tally.if_need_be, tally.no) if shows else None,
            unable=[state_text(code) for code in sorted_by_name(tally.unable, language())] if shows else [],
            is_best=tally.is_best and shows,
            is_chosen=tally.option.is_chosen,
        )
        for number, tally in enumerate(counted, 1)
    ]


def answer_rows(poll: Consultation) -> list[tuple[str, list[str]]]:
    """Return what each delegation answered, date by date (empty: nothing): everybody's, or one's own alone."""
    codes = answering_codes(poll) if sees_all(poll) else answering_codes(poll) & set(own_codes(poll.event))
    return [(state_text(code), [_answer_word(o, code) for o in live_options(poll)]) for code in _by_name(codes)]


def course(consultation: Consultation) -> list[Moment]:
    """Return what happened in a consultation, in order, as far as this reader may know."""
    happened = [*_said(consultation), *_ends(consultation)]
    if consultation.what == POLL:
        happened += _poll_moments(consultation)
    return [moment for _, moment in sorted(happened, key=lambda one: one[0])]


def _said(consultation: Consultation) -> Iterator[Happened]:
    at = consultation.opened_at
    yield at, Moment(_at(at), say("Opened"), _name(consultation.opened_by_id))
    for reaction in _seen(consultation):
        line = _reaction_line(reaction)
        yield reaction.at, Moment(line.at, say("{state}: {word}", state=line.state, word=line.word))


def _ends(consultation: Consultation) -> Iterator[Happened]:
    at = consultation.withdrawn_at
    if at is not None:
        name, why = _name(consultation.withdrawn_by_id), consultation.withdrawn_because
        yield at, Moment(_at(at), say("Withdrawn"), name, why)
    if outcome_now(consultation) == AGREED:
        at = consultation.expires_at
        yield at, Moment(_at(at), say("Agreed: nobody had objected"))


def _poll_moments(poll: Consultation) -> Iterator[Happened]:
    for change in changes_of(db.session(), poll.event_id):
        if change.verb == CHANGE and change.at >= poll.opened_at:
            yield change.at, Moment(_at(change.at), say("The dates were changed"), _name(change.person_id))
    if poll.settled_at is not None:
        yield poll.settled_at, Moment(_at(poll.settled_at), say("Date chosen"), _name(poll.settled_by_id))


def _name(person_id: int | None) -> str:
    return names_by_id(db.session(), [person_id]).get(person_id or 0, "")


def _seen(consultation: Consultation) -> list[Reaction]:
    """Return the reactions that are for this reader; difficulties are for the organisers and who flagged them."""
    is_organiser, own = allowed(Action.CONSULT, consultation.event), own_codes(consultation.event)
    shows = consultation.are_answers_shown
    return [
        reaction
        for reaction in consultation.reactions
        if is_organiser or reaction.state_code in own or (shows and reaction.what != DIFFICULTY)
    ]


def _hidden_codes(consultation: Consultation) -> set[str]:
    """Return the delegations of which this reader may not know that they said anything."""
    seen = {reaction.state_code for reaction in _seen(consultation)}
    return {reaction.state_code for reaction in consultation.reactions} - seen


def _reaction_line(reaction: Reaction) -> ReactionLine:
    return ReactionLine(
        state=state_text(reaction.state_code),
        what=reaction.what,
        word=reaction_name(reaction.what, language()),
        text=reaction.text,
        at=_at(reaction.at),
        is_late=reaction.is_late,
        breaks=reaction.breaks,
    )


def _answer_word(option: PollOption, code: str) -> str:
    found = [answer.answer for answer in option.answers if answer.state_code == code]
    return poll_answer_name(found[0], language()) if found else ""


def _by_name(codes: Iterable[str]) -> list[str]:
    return sorted_by_name(codes, language())


def _when(option: PollOption) -> Agreed:
    return Agreed(**vars(dates_of(option)))


def _at(at: datetime) -> str:
    return instant_text(at, reader_zone(), language())
