"""What stands on days, as pages show it: next to date fields, on a page of its own, as a layer of the programme."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for

from events_app.dates.errors import SpanError
from events_app.dates.spans import checked_year
from events_app.extensions import db
from events_app.planning.lens import Lens
from events_app.planning.queries.lens import Asked, lens_between
from events_app.web.access import current_reader
from events_app.web.context import language
from events_app.words.dates import day_text
from events_app.words.holidays import Line, lens_lines

LONGEST_LOOK = timedelta(days=61)


@dataclass(frozen=True)
class LensDay:
    """A day with its lines; heavy: the seat, a host, a chair or a Partner has a public holiday."""

    day: date
    name: str
    lines: tuple[Line, ...]
    is_heavy: bool


@dataclass(frozen=True)
class LensBox:
    """The lens beside a date field: what it shows now, for which groups it asks again, and the page it leads to."""

    days: list[LensDay]
    group_keys: tuple[str, ...]
    href: str


def lens_days(first: date, last: date, asked: Asked) -> list[LensDay]:
    """Return the days of a span with what stands on them."""
    found = lens_between(db.session(), first, last, asked, current_reader().partnership)
    return [lens_day(lens, lens_lines(lens, language())) for lens in found]


def lens_day(lens: Lens, lines: Iterable[Line]) -> LensDay:
    """Return a day as pages show it."""
    return LensDay(lens.day, day_text(lens.day, language()), tuple(lines), lens.is_heavy)


def lens_box(
    first: date | None, last: date | None, group_keys: Iterable[str] = (), host_code: str | None = None
) -> LensBox:
    """Return the box beside the date fields of a form, for the days that it shows now; without a day it is empty."""
    asked = Asked(tuple(group_keys), (host_code,) if host_code else ())
    last = last or first
    if first is None or last is None or not is_span(first, last):
        return LensBox([], asked.group_keys, url_for("holidays.check"))
    words: dict[str, Any] = {"from": first, "to": last, "group": list(asked.group_keys), "host": host_code or None}
    return LensBox(lens_days(first, last, asked), asked.group_keys, url_for("holidays.check", **words))


def is_span(first: date, last: date) -> bool:
    """Tell whether two days are in order, not too far apart, and in the years of this calendar."""
    try:
        checked_year(first.year)
        checked_year(last.year)
    except SpanError:
        return False
    return first <= last <= first + LONGEST_LOOK
