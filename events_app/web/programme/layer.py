"""The layer of holidays over a month or a year: what stands on each day for one group, or for both."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from flask import abort, request

from events_app.extensions import db
from events_app.partnership.rules import JOINT, group_keys_of
from events_app.planning.lens import (
    ESTIMATED_BESIDE,
    HOLIDAY,
    MINISTERIAL_WEEK,
    OBSERVANCE,
    RAMADAN,
    RECESS,
    WEEKEND,
    Lens,
)
from events_app.planning.queries.lens import Asked, lens_between
from events_app.web.access import current_reader
from events_app.web.context import language
from events_app.web.holidays.lens import LensDay, lens_day
from events_app.words.dates import days_span_text
from events_app.words.holidays import short_lines

SATURDAY = 5
SINGLE = (HOLIDAY, ESTIMATED_BESIDE, OBSERVANCE)
SPANNING = (RAMADAN, RECESS, MINISTERIAL_WEEK)


@dataclass(frozen=True)
class Stretch:
    """What goes on for several days, and from when to when."""

    label: str
    days: str


@dataclass(frozen=True)
class Layer:
    """The days on which something stands, and what goes on for longer; `key` is empty where no layer was asked for."""

    key: str = ""
    days: dict[date, LensDay] | None = None
    listed: tuple[LensDay, ...] = ()
    stretches: tuple[Stretch, ...] = ()

    def on(self, day: date) -> LensDay | None:
        """Return what stands on a day."""
        return (self.days or {}).get(day)

    def look(self, day: date) -> str:
        """Return the classes of a cell: `lens-heavy` for holidays, `lens-light` for the rest; empty without."""
        found = self.on(day)
        return "" if found is None else "lens-heavy" if found.is_heavy else "lens-light"

    def title(self, day: date) -> str:
        """Return what stands on a day as one text."""
        found = self.on(day)
        return "; ".join(line.text for line in found.lines) if found else ""


def asked_layer() -> str:
    """Return the layer in the address: a group, `joint`, or empty; 404 for a group that does not exist."""
    asked = request.args.get("lens", "")
    if asked and asked != JOINT and asked not in current_reader().partnership.groups:
        abort(404, description="unknown-group")
    return asked


def layer(key: str, first: date, last: date, *, with_weekends: bool) -> Layer:
    """Return the layer of a span of days; an empty one for no key. A constant number of queries."""
    if not key:
        return Layer()
    facts = current_reader().partnership
    lenses = lens_between(db.session(), first, last, Asked(group_keys_of(key, facts)), facts)
    shown = (lens_day(lens, short_lines(lens, language(), _sorts(lens.day, with_weekends))) for lens in lenses)
    listed = (lens_day(lens, short_lines(lens, language(), SINGLE)) for lens in lenses)
    days = {day.day: day for day in shown if day.lines}
    return Layer(key, days, tuple(day for day in listed if day.lines), tuple(_stretches(lenses)))


def _sorts(day: date, with_weekends: bool) -> tuple[str, ...]:
    """Return what a cell tells: weekends only where they are working days in Austria."""
    return (*SINGLE, *SPANNING, WEEKEND) if with_weekends and day.weekday() < SATURDAY else (*SINGLE, *SPANNING)


def _stretches(lenses: list[Lens]) -> Iterator[Stretch]:
    for what in SPANNING:
        days = [lens.day for lens in lenses if lens.of(what)]
        labels = [short_lines(lens, language(), (what,)) for lens in lenses if lens.of(what)]
        breaks = [n for n, (one, next_one) in enumerate(pairwise(days), 1) if (next_one - one).days > 1]
        bounds = [0, *breaks, len(days)] if days else []
        for start, stop in pairwise(bounds):
            text = "; ".join(line.text for line in labels[start])
            yield Stretch(text, days_span_text(days[start], days[stop - 1], language()))
