"""The letter on steps of preparation: everything that its reader has to do today, or is late with."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from events_app.letters.office import Office, letter_to
from events_app.letters.times import times_of
from events_app.mail.models import OutboxMessage
from events_app.people.models import Person
from events_app.reminders.preparation.queries import OpenStep, steps_to_tell
from events_app.words.dates import day_text
from events_app.words.preparation import step_text
from events_app.words.titles import event_title

SHOWS = "shows"


def write(session: Session, message: OutboxMessage, office: Office, now: datetime) -> bytes | None:
    """Return the letter's bytes; None if nothing of that day is left to do. What it shows is noted in its facts."""
    person, steps = _person_and_steps(session, message, now)
    if person is None:
        return None
    message.facts = {**message.facts, SHOWS: _shown(steps)}
    return letter_to(person, message, facts_for(person, steps, _day(message), office), office, now)


def may_go(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether anything of that day is left to do for the reader."""
    return _person_and_steps(session, message, now)[0] is not None


def is_outdated(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether a written letter tells other steps than those that are left."""
    return _shown(_person_and_steps(session, message, now)[1]) != message.facts.get(SHOWS)


def facts_for(person: Person, steps: list[OpenStep], day: date, office: Office) -> dict[str, Any]:
    """Return what the letter of a day says: steps in the order of their days, each with its event."""
    return {"steps": [_step(one, day, person, office) for one in steps], "address": office.address("/desk")}


def _step(one: OpenStep, day: date, person: Person, office: Office) -> dict[str, Any]:
    language = person.language
    return {
        "name": step_text(one.step.name, one.step.is_worded, language),
        "due": day_text(one.step.due_on, language),
        "is_late": one.step.due_on < day,
        "title": event_title(one.event, language),
        **times_of(one.event, person),
        "address": office.address(f"/events/{one.event.id}/preparation"),
    }


def _person_and_steps(session: Session, message: OutboxMessage, now: datetime) -> tuple[Person | None, list[OpenStep]]:
    for person, steps in steps_to_tell(session, _day(message), now):
        if person.id == message.person_id:
            return person, steps
    return None, []


def _shown(steps: list[OpenStep]) -> list[list[int | str]]:
    return [[one.event.id, one.event.version, one.step.key, one.step.due_on.isoformat()] for one in steps]


def _day(message: OutboxMessage) -> date:
    return date.fromisoformat(message.facts["day"])
