"""The letter to those who were invited and have not answered: until when, to what, and where to answer."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from events_app.dates.wall_time import local_of
from events_app.events.models import Event
from events_app.events.queries import invitation_of
from events_app.events.rules.table import chair_line
from events_app.feeds.entries import event_place
from events_app.letters.about_event import event_and_reader
from events_app.letters.invitation import answer_link
from events_app.letters.office import Office, letter_to
from events_app.letters.sight import remember_what_is_shown
from events_app.letters.times import times_of
from events_app.mail.models import OutboxMessage
from events_app.people.models import Person
from events_app.reminders.unanswered import responses_to, unanswered_codes_of
from events_app.rights.models import Reader
from events_app.words.chairs import chairs_text
from events_app.words.dates import day_text
from events_app.words.lists import listed
from events_app.words.states import state_name
from events_app.words.titles import event_title

Asked = tuple[Event, Person, Reader, list[str]]


def write(session: Session, message: OutboxMessage, office: Office, now: datetime) -> bytes | None:
    """Return the letter's bytes; None if an answer came, answers are closed or the last day for them is another one."""
    asked = _asked(session, message, now)
    if asked is None:
        return None
    event, person, reader, _ = asked
    remember_what_is_shown(message, event, reader, now)
    facts = {**_facts(asked, now), "address": _answer_address(session, event, person, office)}
    return letter_to(person, message, facts, office, now, thread=f"<{event.uid}>")


def may_go(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether the answer is still missing and asked for by the same day."""
    return _asked(session, message, now) is not None


def _asked(session: Session, message: OutboxMessage, now: datetime) -> Asked | None:
    found = event_and_reader(session, message, now)
    if found is None:
        return None
    event, person, reader = found
    codes = unanswered_codes_of(reader, event, responses_to(session, [event]), now)
    is_same_day = event.answer_by is not None and event.answer_by.isoformat() == message.facts["answer_by"]
    return (event, person, reader, sorted(codes)) if codes and is_same_day else None


def _facts(asked: Asked, now: datetime) -> dict[str, Any]:
    event, person, reader, codes = asked
    assert event.answer_by is not None, "who is asked is asked by a day"
    language, line = person.language, chair_line(event, reader.partnership)
    return {
        "title": event_title(event, language),
        **times_of(event, person),
        "place": event_place(event),
        "chairs": chairs_text(line, language),
        "states": listed((state_name(code, language) for code in codes), language),
        "answer_by": day_text(event.answer_by, language),
        "days_left": (event.answer_by - local_of(now, event.time_zone).date()).days,
    }


def _answer_address(session: Session, event: Event, person: Person, office: Office) -> str:
    """Return where to answer: without signing in for those who were invited by mail."""
    invitation = invitation_of(session, event.id, person.id)
    if invitation is not None:
        return answer_link(office, invitation, person.language)
    return office.address(f"/events/{event.id}/answer")
