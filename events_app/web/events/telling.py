"""Before a change is told by mail: what would go to whom, and when."""

from dataclasses import dataclass

from flask import current_app, redirect, url_for
from werkzeug.wrappers import Response

from events_app.events.models import Event
from events_app.extensions import db
from events_app.letters.change_notice import News, facts_for
from events_app.letters.office import Office, draft_of
from events_app.mail.kinds import CHANGE_NOTICE
from events_app.reminders.changes import (
    differing,
    due_if_told,
    latest_change_id,
    may_be_told,
    notice_waiting,
    untold_changes,
    values_before,
    values_of,
)
from events_app.reminders.concerned import people_to_tell
from events_app.reminders.queries import audience
from events_app.reminders.told import told_already
from events_app.web.access import current_person, current_reader, now, settings
from events_app.web.context import language, reader_zone
from events_app.words.dates import instant_text


@dataclass(frozen=True)
class Preview:
    """A letter that would go: its subject, the lines that follow by paragraph, the names of its readers, and when."""

    subject: str
    paragraphs: list[list[str]]
    names: list[str]
    goes_at: str


def preview_of(news: News) -> Preview | None:
    """Return what a change would send, as the one who asks would read it; None if nothing or to nobody."""
    person, session = current_person(), db.session()
    names = _names(news)
    if person is None or not names or not differing(news.was, news.now_is):
        return None
    office = Office(settings(), str(current_app.template_folder))
    facts = facts_for(session, news, person, current_reader(), office, now())
    subject, text = draft_of(CHANGE_NOTICE, person, facts, office)
    goes_at = due_if_told(notice_waiting(session, news.event.id), now())
    return Preview(
        subject, _paragraphs(text.removeprefix(subject)), names, instant_text(goes_at, reader_zone(), language())
    )


def has_untold(event: Event) -> bool:
    """Return whether a change of an event goes unless somebody keeps quiet, or waits for somebody to tell it."""
    session = db.session()
    if not may_be_told(session, event, now()):
        return False
    waiting = notice_waiting(session, event.id)
    was = waiting.was if waiting else values_before(event, untold_changes(session, event.id))
    return bool(differing(was, values_of(event)))


def is_told_soon(event: Event) -> bool:
    """Return whether a letter on the changes of an event waits to go."""
    return notice_waiting(db.session(), event.id) is not None


def after_saving(event: Event, *, asks: bool) -> Response:
    """Go on to the page that asks whether those concerned are told, or back to the event."""
    if asks and may_be_told(db.session(), event, now()):
        since = latest_change_id(db.session(), event.id)
        return redirect(url_for("events.tell", event_id=event.id, since=since))
    return redirect(url_for("events.page", event_id=event.id))


def _names(news: News) -> list[str]:
    if not may_be_told(db.session(), news.event, now()):
        return []
    who, told = audience(db.session(), now()), told_already(db.session(), news.event, news.was, news.note)
    readers = people_to_tell(news.event, news.was, who, current_reader().person_id)
    return [person.name for person, _ in readers if person.id not in told]


def _paragraphs(text: str) -> list[list[str]]:
    return [part.splitlines() for part in text.strip().split("\n\n") if part.strip()]
