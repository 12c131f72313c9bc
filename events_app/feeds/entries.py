"""An event as a calendar program shows it, in one language, for one reader."""

from collections.abc import Sequence
from datetime import datetime

from events_app.events.actions.modified import is_public
from events_app.events.models import CANCELLED, CONFIRMED, POSTPONED, PUBLIC, Document, Event
from events_app.events.rules.table import chair_line
from events_app.feeds.rules import color_of
from events_app.ics.entry import DaySpan, Entry, Status, TimedSpan
from events_app.partnership.rules import Partnership
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may, may_see_document
from events_app.words.catalogue import translate
from events_app.words.chairs import chairs_text
from events_app.words.dates import time_text
from events_app.words.labels import document_type_name, group_name, kind_name
from events_app.words.titles import feed_summary


def entry_for(event: Event, language: str, base_url: str, reader: Reader, now: datetime) -> Entry:
    """Return the entry of an event with everything that its reader may see of it, and nothing else."""
    parent = event.parent if event.parent and may(reader, Action.SEE, event.parent, now) else None
    joining_link = event.joining_link
    if joining_link and not may(reader, Action.SEE_JOINING_LINK, event, now):
        joining_link = ""
    documents = [document for document in event.documents if may_see_document(reader, document, event, now)]
    return Entry(
        uid=event.uid,
        sequence=event.sequence,
        created_at=event.created_at,
        modified_at=modified_at(event, reader),
        when=span_of(event),
        status=calendar_status(event),
        summary=feed_summary(event, event.status, language),
        description=_description(event, language, reader.partnership, base_url, joining_link, documents),
        location=event_place(event),
        language=language,
        categories=_categories(event, language),
        is_transparent=event.kind.is_transparent or event.status in (POSTPONED, CANCELLED),
        url=event_address(event, base_url),
        conference=joining_link or None,
        classification="PUBLIC" if event.visibility == PUBLIC else "PRIVATE",
        parent_uid=parent.uid if parent else None,
        color=color_of(event),
    )


def modified_at(event: Event, reader: Reader) -> datetime:
    """Return when an event last changed in anything that its reader sees of it in a calendar."""
    seen = [event.modified_at, _parent_named_at(event)]
    if reader.is_secretary or reader.state_codes:
        seen.append(event.inner_modified_at)
    return max(at for at in seen if at)


def _parent_named_at(event: Event) -> datetime | None:
    """Return when it became public on whose margins an event stands: where silence did it, nothing notes that here."""
    return event.parent.published_at if event.parent and is_public(event.parent) else None


def span_of(event: Event) -> TimedSpan | DaySpan:
    """Return when an event takes place: days, or instants in its zone."""
    if event.is_all_day:
        return DaySpan(event.starts_on, event.ends_on)
    return TimedSpan(event.starts_at, event.ends_at, event.time_zone)


def calendar_status(event: Event) -> Status:
    """Return the STATUS of RFC 5545 (3.8.1.11) for an event."""
    if event.status == CANCELLED:
        return "CANCELLED"
    return "CONFIRMED" if event.status == CONFIRMED else "TENTATIVE"


def event_address(event: Event, base_url: str) -> str:
    """Return the address of an event's page."""
    return f"{base_url}/events/{event.id}"


def document_address(document: Document, base_url: str) -> str:
    """Return the address of a document: its own, or the one under which we give an uploaded file."""
    return f"{base_url}/documents/{document.id}" if document.is_file else document.link


def event_place(event: Event) -> str:
    """Return where an event takes place, as one line."""
    venue = event.venue.full_name if event.venue else ""
    return ", ".join(part for part in (venue, event.place) if part)


def _categories(event: Event, language: str) -> tuple[str, ...]:
    groups = [group_name(group, language) for group in event.groups]
    return (*groups, kind_name(event.kind, event.group_keys, event.starts_on, language))


def _description(
    event: Event, language: str, partnership: Partnership, base_url: str, joining_link: str,
    documents: Sequence[Document],
) -> str:  # fmt: skip
    line = chair_line(event, partnership)
    parts = [
        chairs_text(line, language),
        event.status_reason if event.status in (POSTPONED, CANCELLED) else "",
        event.description,
        translate(language, "To join: {link}", link=joining_link) if joining_link else "",
        "\n".join(_agenda_lines(event, language)),
        "\n".join(_document_line(document, language, base_url) for document in documents),
        event_address(event, base_url),
    ]
    return "\n\n".join(part for part in parts if part)


def _document_line(document: Document, language: str, base_url: str) -> str:
    return f"{document_type_name(document.type, language)}: {document.title} {document_address(document, base_url)}"


def _agenda_lines(event: Event, language: str) -> list[str]:
    lines = []
    for item in event.agenda:
        at = time_text(item.starts, language) if item.starts else ""
        day = item.held_on.isoformat() if event.starts_on != event.ends_on else ""
        speakers = f"({item.speakers})" if item.speakers else ""
        lines.append(" ".join(part for part in (day, at, item.title, speakers) if part))
    return lines
