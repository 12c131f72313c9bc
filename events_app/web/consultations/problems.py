"""Sentences for what is wrong with a consultation, and for what it no longer takes."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, cast

from events_app.dates.errors import SkippedTimeError, SpanError
from events_app.dates.wall_time import instant_of, is_repeated
from events_app.dates.zones import HOME_ZONE
from events_app.events.errors import Problem
from events_app.planning.consultations.polls import OptionDates
from events_app.planning.errors import InvalidConsultationError
from events_app.planning.models import Consultation
from events_app.web.consultations.forms import OpeningForm, RepeatedHourForm
from events_app.web.context import language, say, say_count
from events_app.words.dates import day_text, instant_text, time_text

SENTENCES = {
    "in-the-past": "This has passed already.",
    "after-start": "It must expire before the event begins.",
    "too-long": "At most {most} characters fit here.",
    "in-writing": "Say it in writing.",
    "needed": "Say why: those who were asked will read it.",
    "unknown": "This is not one of the choices.",
    "too-few": "A poll has at least {most} dates.",
    "too-many": "A poll has at most {most} dates.",
    "out-of-range": "The date must lie between {first} and {last}.",
    "times-together": "Give both a start and an end time, or neither for those of the event.",
    "end-before-start": "The end must come after the start.",
    "before-expiry": "The date must come after the last minute for answers.",
    "twice": "This date is there twice.",
    "skipped-hour": "On {day} the clocks go forward: {time} does not exist that day.",
    "repeated-hour": "On {day} the clocks go back: {time} happens twice. Choose which one is meant.",
}
NOTHING_ANSWERED = "Answer at least one date."
REFUSALS = {
    "status": "Delegations can be asked about an event that is a draft or proposed.",
    "begun": "The event has begun or is over.",
    "running": "A consultation on this event is running already.",
    "nobody": "No delegation may see this event, so that nobody could be asked.",
}
OVER = {
    "agreed": "The procedure expired on {at} without objection: the event is confirmed. Nothing was recorded.",
    "closed": "Answers were taken until {at}. Nothing was recorded.",
    "settled": "The date has been chosen already. Nothing was recorded.",
    "broken": "The procedure was broken by an objection. Nothing was recorded.",
    "withdrawn": "The consultation was withdrawn. Nothing was recorded.",
    "overtaken": "The event was decided on otherwise in the meantime. Nothing was recorded.",
}


def expiry_of(form: OpeningForm) -> datetime:
    """Return the minute of expiry that was entered, on Vienna's clocks; raises InvalidConsultationError."""
    day, at = cast(date, form.expires_on.data), cast(time, form.expires_time.data)
    try:
        require_single_hour(form, [(day, at, HOME_ZONE)], "repeated_hour")
        return instant_of(day, at, HOME_ZONE, form.fold)
    except SkippedTimeError:
        raise InvalidConsultationError([Problem("expires_time", "skipped-hour", {"day": day, "time": at})]) from None
    except SpanError:
        facts = {"first": 1973, "last": 2100}
        raise InvalidConsultationError([Problem("expires_on", "out-of-range", facts)]) from None


def require_single_hours(form: RepeatedHourForm, dates: Iterable[OptionDates]) -> None:
    """Ask which of two equal local times of a date is meant; raises InvalidConsultationError."""
    moments = [
        (day, at, one.time_zone)
        for one in dates
        for day, at in ((one.starts_on, one.start_time), (one.ends_on, one.end_time))
        if at and 1973 <= day.year <= 2100
    ]
    require_single_hour(form, moments, "repeated_hour")


def require_single_hour(form: RepeatedHourForm, moments: Sequence[tuple[date, time, str]], field: str) -> None:
    """Ask which of two equal local times is meant, unless that was said; raises InvalidConsultationError."""
    for day, at, zone_name in moments:
        if not form.repeated_hour.data and is_repeated(day, at, zone_name):
            raise InvalidConsultationError([Problem(field, "repeated-hour", {"day": day, "time": at})])


def show_problems(form: Any, error: InvalidConsultationError, places: Sequence[int] = ()) -> None:
    """Write each problem at its field; `places` are the rows of the form in which the dates stand."""
    for problem in error.problems:
        sentence = sentence_for(problem)
        if "row" in problem.facts:
            field = form.options[places[problem.facts["row"]]].form.starts_on
            field.errors = [*field.errors, sentence]
            form.options.errors = [sentence]
        elif problem.field in form:
            form[problem.field].errors = [*form[problem.field].errors, sentence]
        else:
            form.form_errors.append(sentence)


def sentence_for(problem: Problem) -> str:
    """Return the sentence for one problem."""
    facts = dict(problem.facts)
    if problem.reason == "too-soon":
        earliest = instant_text(facts["earliest"], HOME_ZONE, language())
        return say_count(
            "A procedure leaves at least {count} working day: {earliest} is the earliest.",
            "A procedure leaves at least {count} working days: {earliest} is the earliest.",
            facts["count"], earliest=earliest,
        )  # fmt: skip
    if problem.field == "answers" and problem.reason == "needed":
        return say(NOTHING_ANSWERED)
    if "day" in facts:
        facts |= {"day": day_text(facts["day"], language()), "time": time_text(facts["time"], language())}
    return say(SENTENCES[problem.reason], **facts)


def over_sentence(consultation: Consultation, outcome: str) -> str:
    """Return what somebody reads who comes too late."""
    return say(OVER[outcome], at=instant_text(consultation.expires_at, HOME_ZONE, language()))
