"""Finding events: what the reader asked for in the address, and what answers to it."""

from dataclasses import dataclass
from datetime import date

from flask import request
from sqlalchemy import ColumnElement

from events_app.dates.errors import SpanError
from events_app.dates.spans import year_of, year_span
from events_app.events.models import Event
from events_app.events.rules.life import reads_as
from events_app.events.rules.table import chair_line
from events_app.web.access import current_reader, now
from events_app.web.context import language
from events_app.web.rows import place_text, shown_events
from events_app.web.rows.event_row import COUNCIL_KINDS
from events_app.words.labels import group_name
from events_app.words.states import collation_key, state_name
from events_app.words.titles import event_title

LONGEST_WORDS = 200
PAGE_SIZE = 50


@dataclass(frozen=True)
class Search:
    """What is looked for; empty where anything will do."""

    words: str
    kind: str
    group: str
    year: str
    status: str
    with_council: bool
    page: int

    @property
    def arguments(self) -> dict[str, str]:
        """The search as arguments of an address, without the page."""
        chosen = {
            "q": self.words, "kind": self.kind, "group": self.group, "year": self.year, "status": self.status,
            "council": "1" if self.with_council else "",
        }  # fmt: skip
        return {name: value for name, value in chosen.items() if value}


def asked_search() -> Search:
    """Return the search in the address."""
    asked = request.args
    page = asked.get("page", "1")
    return Search(
        words=asked.get("q", "").strip()[:LONGEST_WORDS],
        kind=asked.get("kind", ""),
        group=asked.get("group", ""),
        year=asked.get("year", ""),
        status=asked.get("status", ""),
        with_council=asked.get("council", "") not in ("", "0"),
        page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 6 else 1,
    )


def found_events(search: Search) -> list[Event]:
    """Return the events that this reader may see and that answer to a search, the latest first."""
    events = [event for event in shown_events(*_conditions(search)) if _fits(event, search)]
    return events[::-1]


def page_of(events: list[Event], number: int) -> list[Event]:
    """Return one page of what was found."""
    return events[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]


def page_count(events: list[Event]) -> int:
    """Return how many pages there are; at least one."""
    return max(1, -(-len(events) // PAGE_SIZE))


def _conditions(search: Search) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if search.kind:
        found.append(Event.kind_key == search.kind)
    elif not (search.with_council or search.words):
        found.append(Event.kind_key.not_in(COUNCIL_KINDS))
    if search.group:
        found.append(Event.groups.any(key=search.group))
    if search.year:
        first, last = _asked_span(search.year)
        found += [Event.starts_on <= last, Event.ends_on >= first]
    return found


def _asked_span(text: str) -> tuple[date, date]:
    try:
        return year_span(year_of(text))
    except SpanError:
        return date.max, date.min


def _fits(event: Event, search: Search) -> bool:
    if search.status and reads_as(event, now()) != search.status:
        return False
    words = collation_key(search.words).split()
    if not words:
        return True
    text = collation_key(" ".join(_searched_texts(event)))
    return all(word in text for word in words)


def _searched_texts(event: Event) -> list[str]:
    """Return everything by which an event can be found, States also by their former names."""
    facts = current_reader().partnership
    codes = {*event.host_codes, *chair_line(event, facts).state_codes}
    if event.venue:
        codes.add(event.venue.state_code)
    states = [facts.state(code) for code in codes]
    names = [f"{state.name} {state.former_names} {state_name(state.code, language())}" for state in states]
    groups = [group_name(group, language()) for group in event.groups]
    return [event_title(event, language()), place_text(event), *groups, *names]
