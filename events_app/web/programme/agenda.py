"""The agenda: months with their rows, the strip above it, and what the reader filtered."""

from dataclasses import dataclass
from datetime import date

from flask import abort, request
from sqlalchemy import ColumnElement

from events_app.dates.errors import SpanError
from events_app.dates.spans import Month, first_of_month_before, month_of, month_span, months_between
from events_app.dates.wall_time import local_of
from events_app.events.models import Event
from events_app.web.access import current_reader, now
from events_app.web.context import language, reader_zone
from events_app.web.programme.days import Day, days_of_month, entries_by_day
from events_app.web.programme.layer import asked_layer
from events_app.web.rows import EventRow, rows_of, shown_events
from events_app.web.rows.event_row import COUNCIL_KINDS
from events_app.words.dates import month_name, month_text

MONTHS_AHEAD = 12


@dataclass(frozen=True)
class Filter:
    """What the reader chose to see: one group or all, with or without Council and Forum; `lens` names a layer."""

    group: str
    with_council: bool
    lens: str = ""

    @property
    def arguments(self) -> dict[str, str]:
        """The filter as arguments of an address."""
        chosen = {"group": self.group, "council": "1" if self.with_council else "", "lens": self.lens}
        return {name: value for name, value in chosen.items() if value}

    def conditions(self, first: date, last: date) -> list[ColumnElement[bool]]:
        """Return the conditions for the events that touch a span of days."""
        found = [Event.starts_on <= last, Event.ends_on >= first]
        if self.group:
            found.append(Event.groups.any(key=self.group))
        return found if self.with_council else [*found, Event.kind_key.not_in(COUNCIL_KINDS)]


@dataclass(frozen=True)
class AgendaMonth:
    """A month of the agenda; `today_at` is the place of today's line among the rows, if it is in this month."""

    key: str
    name: str
    rows: list[EventRow]
    today_at: int | None


@dataclass(frozen=True)
class StripMonth:
    """A month of the strip above the agenda."""

    key: str
    name: str
    full_name: str
    days: list[Day]
    count: int


def asked_filter() -> Filter:
    """Return the filter in the address; 404 for a group that does not exist."""
    group = request.args.get("group", "")
    if group and group not in current_reader().partnership.groups:
        abort(404, description="unknown-group")
    return Filter(group, request.args.get("council", "") not in ("", "0"), asked_layer())


def today() -> date:
    """Return what day it is for the reader."""
    return local_of(now(), reader_zone()).date()


def asked_start() -> date:
    """Return the first day to show: today, or the first of the month in the address; 404 where that is none."""
    asked = request.args.get("from", "")
    try:
        return month_span(*month_of(asked))[0] if asked else today()
    except SpanError:
        abort(404, description="unknown-month")


def months_from(first: date) -> list[Month]:
    """Return the months of a page of the agenda."""
    return months_between(first, last_day_from(first))


def last_day_from(first: date) -> date:
    """Return the last day of a page of the agenda."""
    try:
        start = first_of_month_before(first, 1 - MONTHS_AHEAD)
    except SpanError:
        start = date(first.year, 12, 1)
    return month_span(start.year, start.month)[1]


def page_before(first: date, steps: int) -> str:
    """Return the month, as in addresses, at which the page `steps` pages before this one starts; empty if none."""
    try:
        return f"{first_of_month_before(first, steps * MONTHS_AHEAD):%Y-%m}"
    except SpanError:
        return ""


def rows_between(chosen: Filter, first: date, last: date) -> list[EventRow]:
    """Return the rows of a span of days."""
    return rows_of(shown_events(*chosen.conditions(first, last)))


def agenda_months(rows: list[EventRow], first: date) -> list[AgendaMonth]:
    """Return the months of the agenda; an event stands in the month in which it starts, or in the first one shown."""
    found: dict[Month, list[EventRow]] = {month: [] for month in months_from(first)}
    for row in rows:
        day = max(row.first_day, first)
        found[(day.year, day.month)].append(row)
    return [_agenda_month(month, shown) for month, shown in found.items()]


def strip_months(rows: list[EventRow], first: date) -> list[StripMonth]:
    """Return the twelve months of the strip."""
    entries = entries_by_day(rows)
    return [_strip_month(month, days_of_month(month, entries, today())) for month in months_from(first)]


def _agenda_month(month: Month, rows: list[EventRow]) -> AgendaMonth:
    day = today()
    is_now = month == (day.year, day.month)
    passed = sum(1 for row in rows if row.last_day < day)
    return AgendaMonth(_key(month), month_text(*month, language()), rows, passed if is_now else None)


def _strip_month(month: Month, days: list[Day]) -> StripMonth:
    count = len({entry.row.id for day in days for entry in day.entries})
    return StripMonth(_key(month), month_name(month[1], language()), month_text(*month, language()), days, count)


def _key(month: Month) -> str:
    return f"{month[0]}-{month[1]:02}"
