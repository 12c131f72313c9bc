"""Sentences for what is wrong with an event, shown at the fields."""

from typing import Any

from events_app.dates.wall_time import is_repeated
from events_app.dates.zones import HOME_ZONE, zone_names
from events_app.events.errors import InvalidEventError, Problem
from events_app.events.rules.details import FIRST_DAY, LAST_DAY, EventDetails
from events_app.web.context import language, say
from events_app.words.dates import day_text, instant_text, time_text

SENTENCES = {
    "unknown": "This is not one of the choices.",
    "too-long": "At most {most} characters fit here.",
    "out-of-range": "The date must lie between {first} and {last}.",
    "too-far": "The last day lies too far away.",
    "no-week": "No week lies between the first date and this one.",
    "times-together": "Give both a start and an end time, or neither for whole days.",
    "end-before-start": "The end must come after the start.",
    "skipped-hour": "On {day} the clocks go forward: {time} does not exist that day.",
    "repeated-hour": "On {day} the clocks go back: {time} happens twice. Choose which one is meant.",
    "after-start": "Answers are due before the event begins.",
    "in-the-past": "This day has passed.",
    "needed": "Say why: an exception carries its reason.",
    "outside-event": "“{title}” lies outside the days of the event.",
    "no-web-link": "A link starts with https:// or http://.",
    "needs-one": "Choose one Contact Group.",
    "needs-both": "A joint meeting belongs to both Contact Groups.",
    "not-founded": "This group did not meet before {since}.",
    "needs-parent": "Choose the conference on whose margins it stands.",
    "is-host": "A State is either the host or a co-host.",
    "not-yours": "Your delegation does not sit in this group.",
    "clashes": "Something stands in the way. Choose another date or place, or say why this one is kept.",
    "under-procedure": "A no-objection procedure on this runs until {until}: withdraw it first.",
    "needs-secretary": "Moving an event across 1 January changes its chair: ask the Section for External Co-operation.",
}
HOME = {"start_fold": "repeated_hour", "end_fold": "repeated_hour", "kind_key": "starts_on"}


def show_problems(form: Any, error: InvalidEventError) -> None:
    """Write each problem at its field; what has no field stands at the date."""
    for problem in error.problems:
        name = HOME.get(problem.field, problem.field)
        field = form[name] if name in form else form["starts_on"]
        field.errors = [*field.errors, sentence_for(problem)]


def refuse_repeated_hour(form: Any, details: EventDetails) -> None:
    """Ask which of two equal local times is meant, on the day the clocks go back; raises InvalidEventError."""
    is_known = details.time_zone in zone_names() and FIRST_DAY <= details.starts_on <= details.ends_on <= LAST_DAY
    if form.repeated_hour.data or not is_known:
        return
    for day, at in ((details.starts_on, details.start_time), (details.ends_on, details.end_time)):
        if at and is_repeated(day, at, details.time_zone):
            raise InvalidEventError([Problem("start_fold", "repeated-hour", {"day": day, "time": at})])


def sentence_for(problem: Problem) -> str:
    """Return the sentence for one problem."""
    facts = dict(problem.facts)
    for name in ("day", "since"):
        if name in facts:
            facts[name] = day_text(facts[name], language())
    if "until" in facts:
        facts["until"] = instant_text(facts["until"], HOME_ZONE, language())
    if "time" in facts:
        facts["time"] = time_text(facts["time"], language())
    return say(SENTENCES[problem.reason], **facts)
