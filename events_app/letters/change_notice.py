"""The notice of a change: what was and what is, in the reader's language and on the reader's clocks, too."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from events_app.events.models import CANCELLED, POSTPONED, Event, Kind, Venue
from events_app.events.queries import invitation_of
from events_app.events.rules.details import PLACE_FIELDS, WHEN_FIELDS
from events_app.letters.about_event import event_and_reader, event_file
from events_app.letters.calendar_part import calendar_part
from events_app.letters.office import Office, letter_to
from events_app.letters.sight import remember_what_is_shown
from events_app.letters.times import on_both_clocks
from events_app.mail.models import OutboxMessage
from events_app.people.models import Person
from events_app.reminders.changes import OTHER_FIELDS, TITLE_FIELDS, Values, differing, values_of
from events_app.reminders.concerned import knew
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may
from events_app.words.changes import (
    agreed,
    headline,
    parts_named,
    place_line,
    title_then,
)
from events_app.words.titles import event_title


@dataclass(frozen=True)
class News:
    """A change as it is told: the event, what was and is (`Values`), why, and a line of whoever changed it."""

    event: Event
    was: Values
    now_is: Values
    reason: str = ""
    note: str = ""


def write(session: Session, message: OutboxMessage, office: Office, now: datetime) -> bytes | None:
    """Return the letter's bytes; None if the event changed again, nothing differs or the right to see it has gone."""
    found = _news_and_reader(session, message, now)
    if found is None:
        return None
    news, person, reader = found
    event, thread = news.event, f"<{news.event.uid}>"
    facts = facts_for(session, news, person, reader, office, now)
    remember_what_is_shown(message, event, reader, now)
    invitation = invitation_of(session, event.id, person.id)
    if invitation is None:
        attached = (event_file(event, person, reader, office, now),)
        return letter_to(person, message, facts, office, now, attachments=attached, thread=thread)
    calendar = calendar_part(session, event, person, invitation, office, now)
    return letter_to(person, message, facts, office, now, calendar=calendar, thread=thread)


def may_go(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether the reader may see the event, it has not changed again, and still differs from what was."""
    return _news_and_reader(session, message, now) is not None


def news_of(event: Event, was: Values, note: str) -> News:
    """Return the change of an event since it was so, as it stands now."""
    reason = event.status_reason if event.status in (POSTPONED, CANCELLED) else ""
    return News(event, was, values_of(event), reason, note)


def facts_for(
    session: Session, news: News, person: Person, reader: Reader, office: Office, now: datetime
) -> dict[str, Any]:
    """Return what the letter says to a reader; who could not see the event as it was reads nothing of how it was."""
    language = person.language
    changed = _shown_to(reader, news, now)
    title = event_title(news.event, language)
    return {
        "headline": headline(news.was["status"], news.now_is["status"], changed, title, language),
        "was_title": _was_title(session, news.was, changed, language),
        "was_when": on_both_clocks(agreed(news.was), person) if not changed.isdisjoint(WHEN_FIELDS) else None,
        "when": on_both_clocks(agreed(news.now_is), person),
        "was_place": _place(session, news.was, language) if not changed.isdisjoint(PLACE_FIELDS) else "",
        "place": _place(session, news.now_is, language),
        "parts": parts_named((name for name in OTHER_FIELDS if name in changed), language),
        "reason": news.reason,
        "note": news.note,
        "is_off": news.now_is["status"] == CANCELLED,
        "address": office.address(f"/events/{news.event.id}"),
    }


def _news_and_reader(session: Session, message: OutboxMessage, now: datetime) -> tuple[News, Person, Reader] | None:
    found = event_and_reader(session, message, now)
    if found is None or found[0].sequence != message.sequence:
        return None
    event, person, reader = found
    news = news_of(event, message.facts["was"], message.facts["note"])
    return (news, person, reader) if _shown_to(reader, news, now) else None


def _shown_to(reader: Reader, news: News, now: datetime) -> frozenset[str]:
    """Return the names of what differs and may be told to a reader."""
    changed = set(differing(news.was, news.now_is))
    if not knew(reader, news.event, news.was, now):
        changed &= {"status"}
    if not may(reader, Action.SEE_JOINING_LINK, news.event, now):
        changed.discard("joining_link")
    return frozenset(changed)


def _place(session: Session, values: Values, language: str) -> str:
    venue = session.get(Venue, values["venue_key"]) if values["venue_key"] else None
    place = ", ".join(part for part in (venue.full_name if venue else "", values["place"]) if part)
    return place_line(values["format"], place, language)


def _was_title(session: Session, was: Values, changed: Collection[str], language: str) -> str:
    kind = None if set(changed).isdisjoint(TITLE_FIELDS) else session.get(Kind, was["kind_key"])
    return title_then(kind, was, language) if kind else ""
