"""The usable days of a year, and its ISO weeks as the plan numbers them."""

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from events_app.dates.recess import in_recess, ministerial_week
from events_app.dates.spans import Span, days_between, year_span

BANNED, WEEKEND, RECESS, MINISTERIAL_COUNCIL = "banned", "weekend", "recess", "ministerial-council"


@dataclass(frozen=True)
class Weeks:
    """A year's usable days by the Monday of their ISO week; the weeks that have any are numbered from 0."""

    days: dict[date, tuple[date, ...]]
    mondays: tuple[date, ...]

    @property
    def count(self) -> int:
        """How many weeks are usable."""
        return len(self.mondays)

    def number(self, day: date) -> int:
        """Return the number of a day's week, or of the next usable one; after the last, one more than it."""
        return bisect_left(self.mondays, monday_of(day))

    def around(self, day: date) -> list[date]:
        """Return the usable days of a day's ISO week and of the ISO weeks beside it."""
        mondays = (monday_of(day) + timedelta(days=step) for step in (-7, 0, 7))
        return [found for monday in mondays for found in self.days.get(monday, ())]


def usable_weeks(year: int, council: Collection[Span], bans: Collection[date]) -> Weeks:
    """Return the usable weeks of a year; `council` gives the Ministerial Council's real days, if they are known."""
    days: dict[date, list[date]] = {}
    for day in days_between(*year_span(year)):
        if why_unusable(day, council, bans) is None:
            days.setdefault(monday_of(day), []).append(day)
    return Weeks({monday: tuple(found) for monday, found in days.items()}, tuple(sorted(days)))


def why_unusable(day: date, council: Collection[Span], bans: Collection[date]) -> str | None:
    """Return why no Partner event may be placed on a day; None if one may."""
    if day in bans:
        return BANNED
    if day.weekday() >= 5:
        return WEEKEND
    if in_recess(day):
        return RECESS
    weeks = [(monday_of(first), monday_of(last) + timedelta(days=6)) for first, last in council]
    in_week = any(first <= day <= last for first, last in weeks or [ministerial_week(day.year)])
    return MINISTERIAL_COUNCIL if in_week else None


def monday_of(day: date) -> date:
    """Return the Monday of a day's ISO week."""
    return day - timedelta(days=day.weekday())
