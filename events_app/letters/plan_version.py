"""The letter on an adopted plan: every event of its reader that is new or has moved, in one letter."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session, selectinload

from events_app.events.rules.life import reads_as
from events_app.letters.office import Office, letter_to
from events_app.letters.times import on_both_clocks, times_of
from events_app.mail.models import OutboxMessage
from events_app.people.models import Person
from events_app.planning.models import PlanVersion
from events_app.reminders.plan_news import PlanNews, concerning, plan_news
from events_app.rights.models import Action
from events_app.rights.queries import reader_of
from events_app.rights.rules import may
from events_app.words.changes import agreed
from events_app.words.labels import status_name
from events_app.words.titles import event_title

SHOWS = "shows"

Found = tuple[Person, PlanVersion, list[PlanNews]]


def write(session: Session, message: OutboxMessage, office: Office, now: datetime) -> bytes | None:
    """Return the letter's bytes; None if nothing of it is left to tell. What it shows is noted in its facts."""
    found = _found(session, message, now)
    if found is None:
        return None
    person, version, news = found
    message.facts = {**message.facts, SHOWS: _shown(news)}
    facts = {
        "year": version.year,
        "number": version.number,
        "note": version.note,
        "lines": [_line(one, person, office, now) for one in news],
        "address": office.address(f"/plan/{version.year}/versions/{version.number}"),
    }
    return letter_to(person, message, facts, office, now)


def may_go(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether anything of the plan is left to tell the reader."""
    return _found(session, message, now) is not None


def is_outdated(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether a written letter tells other dates than those that stand and concern its reader."""
    found = _found(session, message, now)
    return found is None or _shown(found[2]) != message.facts.get(SHOWS)


def _found(session: Session, message: OutboxMessage, now: datetime) -> Found | None:
    person = session.get(Person, message.person_id or 0, options=[selectinload(Person.posts)])
    version = session.get(PlanVersion, message.facts["version"])
    if person is None or version is None:
        return None
    reader = reader_of(session, person, now)
    told = concerning(reader, plan_news(session, version))
    news = [one for one in told if may(reader, Action.SEE, one.event, now)]
    return (person, version, news) if news else None


def _line(one: PlanNews, person: Person, office: Office, now: datetime) -> dict[str, Any]:
    language = person.language
    return {
        "title": event_title(one.event, language),
        "status": status_name(reads_as(one.event, now), language),
        "was": on_both_clocks(agreed(one.was), person) if one.was else None,
        **times_of(one.event, person),
        "address": office.address(f"/events/{one.event.id}"),
    }


def _shown(news: list[PlanNews]) -> list[list[int]]:
    return [[one.event.id, one.event.version] for one in news]
