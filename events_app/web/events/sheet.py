"""What the page of one event says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from events_app.events.models import HYBRID, Document, Event
from events_app.events.queries import ordinals
from events_app.events.rules.life import open_steps
from events_app.events.rules.table import chair_line
from events_app.extensions import db
from events_app.rights.models import Action
from events_app.rights.rules import may_see_document, may_take, visible
from events_app.web.access import allowed, current_reader, now
from events_app.web.context import language, say
from events_app.web.rows import EventRow, clock_text, place_text, row_of, rows_of, shown_events, state_text
from events_app.words.chairs import chair_names
from events_app.words.dates import day_text, days_span_text, short_day_text, time_text
from events_app.words.labels import (
    document_type_name,
    format_name,
    group_name,
    language_name,
    level_name,
    role_name,
    topic_name,
    visibility_explanation,
    visibility_name,
)
from events_app.words.lists import listed
from events_app.words.titles import ordinal_phrase
from events_app.words.zones import zone_text


@dataclass(frozen=True)
class When:
    """When an event takes place in its own zone, which is named by State; an all-day event has no time."""

    day: str
    time: str
    zone: str


@dataclass(frozen=True)
class AgendaDay:
    """A day of the agenda with its points: (time, title, speakers)."""

    name: str
    points: list[tuple[str, str, str]]


@dataclass(frozen=True)
class DocumentLine:
    """A document: its type, title and address; of a file also its id, name, size, and for whom alone it is."""

    type: str
    title: str
    address: str
    file_id: int | None = None
    file_name: str = ""
    size: str = ""
    visibility: str = ""


def when(event: Event) -> When:
    """Return when an event takes place, in words."""
    days = days_span_text(event.starts_on, event.ends_on, language())
    return When(days, "" if event.is_all_day else clock_text(event), zone_text(event.time_zone, language()))


def facts(event: Event) -> list[tuple[str, list[str]]]:
    """Return what is known of an event as (label, values), without what is not."""
    found = [
        (say("Chair"), _chairs(event)),
        (say("Groups"), [group_name(group, language()) for group in event.groups]),
        *_hosts(event),
        (say("Topics"), [topic_name(topic, language()) for topic in event.topics]),
        (say("Level"), [level_name(event.kind.level, language())]),
        (say("Format"), [format_name(event.format, language())]),
        (say("Interpretation"), _joined(language_name(code, language()) for code in event.interpretation)),
        (say("Financed by"), [say("Partnership Fund")] if event.is_fund_financed else []),
        (say("Place in the year"), _ordinal(event)),
    ]
    return [(label, values) for label, values in found if values]


def steps(event: Event) -> list[str]:
    """Return the steps of its life through which this reader may take an event."""
    return [step for step in open_steps(event, now()) if may_take(current_reader(), step, event, now())]


def agenda_days(event: Event) -> list[AgendaDay]:
    """Return the agenda, day by day."""
    by_day: dict[date, list[tuple[str, str, str]]] = {}
    for item in event.agenda:
        moment = time_text(item.starts, language()) if item.starts else ""
        by_day.setdefault(item.held_on, []).append((moment, item.title, item.speakers))
    return [AgendaDay(day_text(day, language()), points) for day, points in by_day.items()]


def documents(event: Event) -> list[DocumentLine]:
    """Return the documents of an event that this reader may see."""
    shown = [d for d in event.documents if may_see_document(current_reader(), d, event, now())]
    return [_document_line(document) for document in shown]


def children(event: Event) -> list[EventRow]:
    """Return the side events that this reader may see."""
    return rows_of(visible(current_reader(), event.children, now()))


def parent(event: Event) -> EventRow | None:
    """Return the event on whose margins this one stands, if this reader may see it."""
    found = event.parent
    return row_of(found) if found is not None and allowed(Action.SEE, found) else None


def series_neighbours(event: Event) -> list[tuple[str, str, str]]:
    """Return the event before and the one after in a weekly series as (relation, address, day)."""
    if event.series_id is None:
        return []
    rows = shown_events(Event.series_id == event.series_id)
    place = [other.id for other in rows].index(event.id)
    before, after = rows[max(place - 1, 0) : place], rows[place + 1 : place + 2]
    around = [("prev", other) for other in before] + [("next", other) for other in after]
    return [(way, row_of(other).href, short_day_text(other.starts_on, language())) for way, other in around]


def visibility(event: Event) -> tuple[str, str]:
    """Return the word for who can see an event, and the sentence that explains it."""
    return visibility_name(event.visibility, language()), visibility_explanation(event.visibility, language())


def place(event: Event) -> str:
    """Return where an event takes place; of a hybrid one also that one can join from elsewhere."""
    parts = [place_text(event), format_name(HYBRID, language()) if event.format == HYBRID else ""]
    return " · ".join(part for part in parts if part)


def _document_line(document: Document) -> DocumentLine:
    word = document_type_name(document.type, language())
    if not document.is_file:
        return DocumentLine(word, document.title, document.link)
    own = visibility_name(document.visibility, language()) if document.visibility else ""
    return DocumentLine(
        word, document.title, f"/documents/{document.id}", document.id, document.file_name, _size(document.size), own
    )


def _size(count: int) -> str:
    if count < 1_000_000:
        return say("{size} kB", size=max(1, round(count / 1000)))
    return say("{size} MB", size=round(count / 1_000_000))


def _chairs(event: Event) -> list[str]:
    line = chair_line(event, current_reader().partnership)
    if line.is_override:
        return [chair_names(line, language()), say("Decided for this event: {reason}", reason=line.reason)]
    return [chair_names(line, language())] if line.chairs else []


def _joined(values: Iterable[str]) -> list[str]:
    text = listed(values, language())
    return [text] if text else []


def _hosts(event: Event) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for host in event.hosts:
        found.setdefault(role_name(host.role, language()), []).append(state_text(host.state_code))
    return list(found.items())


def _ordinal(event: Event) -> list[str]:
    if not event.kind.is_ordinal:
        return []
    year = event.starts_on.year
    number = ordinals(db.session(), year).get(event.id)
    return [ordinal_phrase(event.kind_key, number, year, language())] if number else []
