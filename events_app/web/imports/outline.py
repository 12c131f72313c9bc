"""What an event of a file will be, in words: what people must have seen before they say yes."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from events_app.events.models import CONFIRMED, DRAFT, IN_PERSON, POSTPONED, PROPOSED, PUBLIC, Venue
from events_app.events.rules.details import EventDetails
from events_app.feeds.importing import Change
from events_app.feeds.importing.plan import UNCHANGED
from events_app.words.catalogue import translate
from events_app.words.dates import span_text
from events_app.words.labels import format_name, kind_name, status_name, visibility_name
from events_app.words.zones import zone_text


@dataclass(frozen=True)
class Outline:
    """Kind, title (empty without a theme), days or times with their zone, place, and who sees it in which status."""

    kind: str
    title: str
    when: str
    place: str
    state: str


def outline_of(session: Session, change: Change, language: str) -> Outline:
    """Return what an event will be once an item of a file is taken."""
    details = change.details
    return Outline(
        kind=kind_name(change.kind, details.group_keys, details.starts_on, language),
        title=details.theme,
        when=when_text(details, language),
        place=_place(session, details, language),
        state=_state(change, language),
    )


def when_text(details: EventDetails, language: str) -> str:
    """Return all days of an event, or its times with their zone."""
    span = span_text(details, language)
    return span if details.start_time is None else f"{span} ({zone_text(details.time_zone, language)})"


def _place(session: Session, details: EventDetails, language: str) -> str:
    venue = session.get(Venue, details.venue_key) if details.venue_key else None
    form = "" if details.format == IN_PERSON else format_name(details.format, language)
    parts = (venue.full_name if venue else "", details.place, form)
    return ", ".join(part for part in parts if part)


def _state(change: Change, language: str) -> str:
    status, visibility = change.status, change.details.visibility
    words = {"status": status_name(status, language), "visibility": visibility_name(visibility, language)}
    if visibility == PUBLIC and status in (DRAFT, PROPOSED):
        return translate(language, "{status}, {visibility} once it is confirmed", **words)
    if visibility == PUBLIC and status in (CONFIRMED, POSTPONED) and change.outcome != UNCHANGED:
        return translate(language, "{status}, {visibility}: everybody sees it at once", **words)
    return translate(language, "{status}, {visibility}", **words)
