"""What the letters of a date consultation say first: the line on top, and what it means."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from events_app.events.models import CONFIRMED
from events_app.letters.times import minute_on_both_clocks
from events_app.mail.kinds import (
    CONSULTATION_AGREED,
    CONSULTATION_CLOSING,
    CONSULTATION_ENDED,
    CONSULTATION_OBJECTED,
    CONSULTATION_OPENED,
    CONSULTATION_SETTLED,
)
from events_app.planning.consultations.polls import live_options
from events_app.planning.consultations.rules import WITHDRAWN, is_late_notice
from events_app.planning.models import DIFFICULTY, POLL, Reaction
from events_app.words.catalogue import translate, translate_plural
from events_app.words.labels import status_name
from events_app.words.lists import listed
from events_app.words.states import state_name
from events_app.words.titles import event_title

if TYPE_CHECKING:
    from events_app.letters.consultation import Told

HEADLINES = {
    CONSULTATION_OPENED: "Your delegation is asked: {title}",
    CONSULTATION_CLOSING: "One day left: {title}",
    CONSULTATION_AGREED: "Agreed: {title}",
    CONSULTATION_SETTLED: "Date chosen: {title}",
    CONSULTATION_ENDED: "Consultation ended: {title}",
    "difficulty": "Difficulty: {title}",
    "objection": "Objection: {title}",
    "amendment": "Amendment: {title}",
}
SAID = {
    "difficulty": "{state} flags a difficulty.",
    "objection": "{state} objects to the proposal.",
    "amendment": "{state} asks for an amendment of the proposal.",
}
ENDINGS = {
    "broken": "The no-objection procedure was broken: the event stays proposed.",
    "withdrawn": "The organisers have withdrawn the consultation.",
    "overtaken": "The event was decided on otherwise in the meantime: it is {status}.",
}


def headline(told: "Told", letter: str) -> str:
    """Return the subject of a letter, with the title of the event."""
    key = told.reaction.what if letter == CONSULTATION_OBJECTED and told.reaction else letter
    return translate(told.person.language, HEADLINES[key], title=event_title(told.event, told.person.language))


def _opened(told: "Told") -> list[str]:
    language, count = told.person.language, len(live_options(told.consultation))
    at = _expiry(told)
    if told.consultation.what == POLL:
        asked = translate_plural(
            language, "Which of {count} date suits your delegation?", "Which of {count} dates suit your delegation?",
            count,
        )  # fmt: skip
        return [asked, translate(language, "Answers are taken until {at}.", at=at), *_for_reader(told)]
    asked = translate(language, "Unless there is an objection in writing before {at}, the event is confirmed.", at=at)
    return [asked, *_for_reader(told)]


def _closing(told: "Told") -> list[str]:
    language = told.person.language
    states = listed((state_name(code, language) for code in told.missing), language)
    return [translate(language, "Not everything has been said yet for: {states}", states=states), *_opened(told)]


def _objected(told: "Told") -> list[str]:
    assert told.reaction is not None, "a letter on an objection has one"
    language = told.person.language
    state = state_name(told.reaction.state_code, language)
    said = translate(language, SAID[told.reaction.what], state=state)
    return [said, translate(language, _consequence(told.reaction))]


def _agreed(told: "Told") -> list[str]:
    language, at = told.person.language, _expiry(told)
    lines = [translate(language, "There was no objection before {at}: the event is confirmed.", at=at)]
    if is_late_notice(told.consultation, told.now):
        lines.append(translate(language, "This notice is late: the event has been confirmed since then."))
    return [*lines, *_for_reader(told)]


def _settled(told: "Told") -> list[str]:
    language = told.person.language
    is_confirmed = told.event.status == CONFIRMED
    return [
        translate(language, "The event is confirmed on this date.")
        if is_confirmed
        else translate(language, "The event is proposed on this date."),
        translate(language, "The other dates are released."),
    ]


def _ended(told: "Told") -> list[str]:
    language = told.person.language
    status = status_name(told.event.status, language)
    lines = [translate(language, ENDINGS[told.outcome], status=status)]
    if told.outcome == WITHDRAWN:
        lines.append(translate(language, "Why:"))
    return lines


def _consequence(reaction: Reaction) -> str:
    if reaction.what == DIFFICULTY:
        return CONSEQUENCES["difficulty"]
    if reaction.is_late:
        return CONSEQUENCES["late"]
    return CONSEQUENCES["breaks" if reaction.breaks else "broken-before"]


def _expiry(told: "Told") -> str:
    return minute_on_both_clocks(told.consultation.expires_at, told.person)[0]


def _for_reader(told: "Told") -> list[str]:
    """Return the minute of expiry on the reader's clocks, if they show another one."""
    _, there = minute_on_both_clocks(told.consultation.expires_at, told.person)
    return [translate(told.person.language, "For you: {time}", time=there)] if there else []


CONSEQUENCES = {
    "difficulty": "A difficulty does not break the procedure.",
    "late": "It came after the expiry and is recorded as late: the event stays confirmed.",
    "breaks": "The procedure is broken: the event stays proposed.",
    "broken-before": "The procedure had been broken before.",
}
LEADS: dict[str, Callable[["Told"], list[str]]] = {
    CONSULTATION_OPENED: _opened,
    CONSULTATION_CLOSING: _closing,
    CONSULTATION_OBJECTED: _objected,
    CONSULTATION_AGREED: _agreed,
    CONSULTATION_SETTLED: _settled,
    CONSULTATION_ENDED: _ended,
}
