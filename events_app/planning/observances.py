"""The days on which the General Assembly asks not to meet: which they are, why, and where they fall."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from events_app.dates.easter import orthodox_good_friday
from events_app.dates.holiday_table import Holiday, HolidayTable, table_of
from events_app.dates.holidays import published_holidays
from events_app.dates.spans import LAST_YEAR
from events_app.shared.datafile import DATA, Row, each_once, toml_rows

HOLIDAYS = "holidays"
COMPUTED: dict[str, Callable[[int], date]] = {
    "orthodox-good-friday": orthodox_good_friday,
    "orthodox-christmas": lambda year: date(year, 1, 7),
}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Observance:
    """A day to keep free, and on which resolution that rests (empty: only the day of its adoption is known).

    It is asked for from the year after the adoption on; after `known_until` nobody can say on which day it falls.
    """

    key: str
    name: str
    found: str
    holiday: str
    state_codes: tuple[str, ...]
    resolution: str
    adopted_on: date
    known_until: int


@dataclass(frozen=True)
class ObservedDay:
    """A day on which an observance falls; estimated while no State that we look at is sure of it."""

    day: date
    observance: Observance
    is_estimated: bool = False


@cache
def observances(folder: Path = DATA) -> tuple[Observance, ...]:
    """Return the observances of the data file; raises DataFileError."""
    return tuple(_observance(row) for row in each_once(toml_rows("observances.toml", "observance", folder), "key"))


def observed_days(first: date, last: date, table: HolidayTable) -> list[ObservedDay]:
    """Return the days to keep free in a span, by day; the table must reach a day further on both sides.

    Holidays of States that are not in the table are taken as published.
    """
    years = range(first.year, last.year + 1)
    found = (day for observance in observances() for day in _days_of(observance, years, table))
    in_span = (day for day in found if first <= day.day <= last)
    return sorted(in_span, key=lambda found: (found.day, found.observance.key))


def first_days(holidays: Iterable[Holiday], name: str) -> list[Holiday]:
    """Return of one State's holidays the first day of each feast of a name, however many days in a row it takes."""
    named = {holiday.day: holiday for holiday in holidays if _is_called(holiday, name)}
    return [holiday for day, holiday in sorted(named.items()) if day - DAY not in named]


def _days_of(observance: Observance, asked: range, table: HolidayTable) -> Iterator[ObservedDay]:
    years = [year for year in asked if observance.adopted_on.year < year <= observance.known_until]
    if observance.found != HOLIDAYS:
        yield from (ObservedDay(COMPUTED[observance.found](year), observance) for year in years)
        return
    found: dict[date, bool] = {}
    for code in observance.state_codes:
        for holiday in first_days(_holidays_of(code, years, table), observance.holiday):
            found[holiday.day] = holiday.is_estimated and found.get(holiday.day, True)
    yield from (ObservedDay(day, observance, is_estimated) for day, is_estimated in found.items())


def _holidays_of(code: str, years: list[int], table: HolidayTable) -> Iterable[Holiday]:
    known = table.by_state.get(code)
    if known is not None:
        return known.values() if years else ()
    return table_of(h for year in years for h in published_holidays(code, year)).by_state.get(code, {}).values()


def _is_called(holiday: Holiday, name: str) -> bool:
    parts = (part.strip() for part in holiday.name.split(";"))
    return any(part == name or part == f"{name} Holiday" for part in parts)


def _observance(row: Row) -> Observance:
    found = row.one_of("found", (HOLIDAYS, *COMPUTED))
    states = tuple(row.read("states", tuple)) if found == HOLIDAYS else ()
    return Observance(
        key=row.text("key"),
        name=row.text("name"),
        found=found,
        holiday=row.text("holiday") if found == HOLIDAYS else "",
        state_codes=states,
        resolution=row.text_or_none("resolution") or "",
        adopted_on=row.day("adopted_on"),
        known_until=row.read("known_until", int) if "known_until" in row.values else LAST_YEAR,
    )
