"""Days with what happens on them: the cells of the strip, the year and the month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from events_app.dates.spans import Month, days_between, month_span, week_of, weeks_of_month
from events_app.partnership.rules import JOINT
from events_app.web.rows import EventRow

SATURDAY = 5


@dataclass(frozen=True)
class Entry:
    """An event on one of its days."""

    row: EventRow
    day: date

    @property
    def is_first(self) -> bool:
        """Whether the event begins on this day."""
        return self.day == self.row.first_day

    @property
    def is_last(self) -> bool:
        """Whether the event ends on this day."""
        return self.day == self.row.last_day

    @property
    def is_named(self) -> bool:
        """Whether a table writes the title here: on the first day, and again on Mondays."""
        return self.is_first or self.day.weekday() == 0 or self.day.day == 1

    @property
    def days_left(self) -> int:
        """How many days of this week and month the event still takes, this one included."""
        sunday = self.day + timedelta(days=6 - self.day.weekday())
        return (min(self.row.last_day, sunday, month_span(self.day.year, self.day.month)[1]) - self.day).days + 1


@dataclass(frozen=True)
class Day:
    """A day and its entries; `is_outside` where a table shows it only to fill a week."""

    date: date
    entries: tuple[Entry, ...]
    is_today: bool = False
    is_outside: bool = False

    @property
    def is_weekend(self) -> bool:
        """Whether it is a Saturday or Sunday."""
        return self.date.weekday() >= SATURDAY

    @property
    def mark(self) -> str:
        """The mark that stands for all of the day: joint where both groups meet, else the strongest; or empty."""
        marks = {entry.row.mark or ("council" if entry.row.is_council else "other") for entry in self.entries}
        if {"mediterranean", "asian"} <= marks:
            return JOINT
        return next((mark for mark in (JOINT, "mediterranean", "asian", "other", "council") if mark in marks), "")


def entries_by_day(rows: Iterable[EventRow]) -> dict[date, tuple[Entry, ...]]:
    """Return the entries of each day, bars first."""
    found: dict[date, list[Entry]] = {}
    for row in sorted(rows, key=lambda row: not row.is_bar):
        for day in days_between(row.first_day, row.last_day):
            found.setdefault(day, []).append(Entry(row, day))
    return {day: tuple(entries) for day, entries in found.items()}


def days_of_month(month: Month, entries: dict[date, tuple[Entry, ...]], today: date) -> list[Day]:
    """Return the days of a month."""
    return [Day(day, entries.get(day, ()), day == today) for day in days_between(*month_span(*month))]


def weeks_with_days(month: Month, entries: dict[date, tuple[Entry, ...]], today: date) -> list[tuple[int, list[Day]]]:
    """Return the weeks of a month, each with its ISO number and seven days from Monday."""
    return [
        (week_of(week[0])[1], [_day_in(month, day, entries, today) for day in week]) for week in weeks_of_month(*month)
    ]


def _day_in(month: Month, day: date, entries: dict[date, tuple[Entry, ...]], today: date) -> Day:
    is_outside = (day.year, day.month) != month
    return Day(day, () if is_outside else entries.get(day, ()), day == today, is_outside)
