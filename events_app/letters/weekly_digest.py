"""The weekly digest: what comes, what has changed, new documents and missing answers, of what concerns its reader."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from events_app.dates.wall_time import local_of
from events_app.events.models import Document, Event
from events_app.events.rules.details import WHEN_FIELDS
from events_app.events.rules.life import reads_as
from events_app.feeds.entries import document_address, event_place
from events_app.letters.at_hand import person_with_posts, reader_at_hand
from events_app.letters.office import Office, letter_to
from events_app.letters.times import minute_on_both_clocks, times_of
from events_app.mail.models import OutboxMessage
from events_app.people.models import Person
from events_app.people.rules import may_sign_in
from events_app.planning.models import Consultation
from events_app.reminders.digest import Digest, Subscriber, digest_for, matter_of
from events_app.reminders.digest_week import week_of
from events_app.reminders.news import CHAIR, News
from events_app.reminders.preferences import modes_of, wants_digest
from events_app.reminders.preparation.queries import OpenStep
from events_app.reminders.quiet import reading_zone
from events_app.words.catalogue import translate
from events_app.words.changes import agreed, agreed_text, headline, parts_named
from events_app.words.dates import day_text, short_day_text
from events_app.words.labels import document_type_name, status_name
from events_app.words.preparation import step_text
from events_app.words.titles import event_title


def write(session: Session, message: OutboxMessage, office: Office, now: datetime) -> bytes | None:
    """Return the digest's bytes; None if there is nothing to tell or its reader no longer wants it.

    What it shows is noted in the letter's facts: it goes again only as long as that is still so.
    """
    found = _reader_and_digest(session, message, now)
    if found is None:
        return None
    who, digest = found
    message.facts = {**message.facts, "shows": digest.shows}
    return letter_to(who.person, message, _facts(who, digest, office, now), office, now)


def may_go(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether the reader may still be told exactly what was written."""
    found = _reader_and_digest(session, message, now)
    return found is not None and found[1].shows == message.facts.get("shows")


def _reader_and_digest(session: Session, message: OutboxMessage, now: datetime) -> tuple[Subscriber, Digest] | None:
    person = person_with_posts(session, message.person_id)
    if person is None or not may_sign_in(person, now.date()):
        return None
    # The week is that of the letter, also for a reader who has moved to another zone since.
    week = week_of(person, datetime.fromisoformat(message.facts["due_at"]))
    who = Subscriber(person, reader_at_hand(session, person, now), modes_of(session, person.id), week)
    digest = digest_for(who, matter_of(session, now))
    return None if digest.is_empty or not wants_digest(who.reader, who.modes) else (who, digest)


def _facts(who: Subscriber, digest: Digest, office: Office, now: datetime) -> dict[str, Any]:
    language = who.person.language
    monday = local_of(who.week.due_at, reading_zone(who.person)).date()
    return {
        "monday": short_day_text(monday, language),
        "coming": [_coming(event, who.person, office, now) for event in digest.coming],
        "news": [_news(news, who.person, office) for news in digest.news],
        "documents": [_document(event, document, language, office) for event, document in digest.documents],
        "unanswered": [_unanswered(event, language, office) for event in digest.unanswered],
        "steps": [_step(one, language, office) for one in digest.steps],
        "consultations": [_consultation(one, who.person, office) for one in digest.consultations],
        "address": office.address("/"),
    }


def _coming(event: Event, person: Person, office: Office, now: datetime) -> dict[str, str]:
    return {
        "title": event_title(event, person.language),
        "status": status_name(reads_as(event, now), person.language),
        **times_of(event, person),
        "place": event_place(event),
        "address": office.address(f"/events/{event.id}"),
    }


def _news(news: News, person: Person, office: Office) -> dict[str, Any]:
    event, language = news.event, person.language
    title = event_title(event, language)
    was = agreed_text(agreed(news.was), language) if not news.changed.isdisjoint(WHEN_FIELDS) else ""
    parts = parts_named(sorted(news.changed), language)
    return {
        "headline": headline(news.was["status"], event.status, news.changed, title, language),
        "was": was,
        **times_of(event, person),
        "place": event_place(event),
        "parts": [*parts, translate(language, "Chair")] if CHAIR in news.changed else parts,
        "address": office.address(f"/events/{event.id}"),
    }


def _document(event: Event, document: Document, language: str, office: Office) -> dict[str, str]:
    return {
        "type": document_type_name(document.type, language),
        "title": document.title,
        "event": event_title(event, language),
        "address": document_address(document, office.settings.base_url),
    }


def _unanswered(event: Event, language: str, office: Office) -> dict[str, str]:
    return {
        "title": event_title(event, language),
        "answer_by": day_text(event.answer_by, language) if event.answer_by else "",
        "address": office.address(f"/events/{event.id}/answer"),
    }


def _consultation(one: Consultation, person: Person, office: Office) -> dict[str, str]:
    expiry, reader_expiry = minute_on_both_clocks(one.expires_at, person)
    return {
        "title": event_title(one.event, person.language),
        "expiry": expiry,
        "reader_expiry": reader_expiry,
        "address": office.address(f"/consultations/{one.id}"),
    }


def _step(one: OpenStep, language: str, office: Office) -> dict[str, str]:
    return {
        "name": step_text(one.step.name, one.step.is_worded, language),
        "due": day_text(one.step.due_on, language),
        "title": event_title(one.event, language),
        "address": office.address(f"/events/{one.event.id}/preparation"),
    }
