"""Looking at a day: which holidays, feasts, weekends and meetings stand on it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from events_app.dates.holiday_table import Holiday, HolidayTable
from events_app.dates.holidays import is_weekend
from events_app.dates.recess import in_recess, ministerial_week
from events_app.planning.lens.entries import (
    COUNCIL,
    ESTIMATED_BESIDE,
    FORUM,
    HOLIDAY,
    MINISTERIAL_WEEK,
    OBSERVANCE,
    RAMADAN,
    RECESS,
    WEEKEND,
    Concerned,
    Entry,
    Lens,
    grouped,
)
from events_app.planning.observances import ObservedDay, first_days

RAMADAN_STATES = ("AF", "DZ", "EG", "JO", "MA", "TN")
RAMADAN_SIGHTED_BY, RAMADAN_BEGINS = "AF", "First Day of Ramadan"
RAMADAN_DAYS = 30
FORUM_DAY, COUNCIL_DAY = 2, 3

Span = tuple[date, date]


@dataclass(frozen=True)
class LensFacts:
    """What a look needs: holidays (a day further on both sides, and 30 days back for Ramadan), days to keep free.

    `sittings` are the days of real meetings of the Council (`council`) and the Forum (`forum`), `ministerials` the real
    dates of the Ministerial Council by year, where the calendar has them.
    """

    holidays: HolidayTable
    observed: Sequence[ObservedDay] = ()
    sittings: Mapping[str, frozenset[date]] = field(default_factory=dict)
    ministerials: Mapping[int, Span] = field(default_factory=dict)


def look(days: Iterable[date], concerned_on: Callable[[date], Concerned], facts: LensFacts) -> list[Lens]:
    """Return what stands on each day for the States that it concerns."""
    months = _ramadans(facts.holidays)
    return [_lens(day, concerned_on(day), facts, months) for day in days]


def _lens(day: date, concerned: Concerned, facts: LensFacts, months: Sequence[tuple[date, Holiday]]) -> Lens:
    parts = concerned.parts()
    entries = (
        *_holidays(HOLIDAY, parts, lambda code: facts.holidays.on(code, day)),
        *_holidays(ESTIMATED_BESIDE, parts, lambda code: _beside(facts.holidays, code, day)),
        *_observances(day, facts),
        *_weekend(day, parts),
        *_ramadan(day, parts, months),
        *_house(day, facts),
    )
    return Lens(day, entries, concerned)


def _holidays(what: str, parts: Mapping[str, str], found_of: Callable[[str], Holiday | None]) -> Iterator[Entry]:
    """Yield an entry for each name (and sureness) under which States have a holiday, the closest States first."""
    by_name: dict[tuple[str, bool], list[str]] = {}
    for code in parts:
        found = found_of(code)
        if found:
            by_name.setdefault((found.name, found.is_estimated), []).append(code)
    for (name, is_estimated), codes in by_name.items():
        yield Entry(what, name, grouped(codes, parts), is_estimated)


def _beside(table: HolidayTable, code: str, day: date) -> Holiday | None:
    return None if table.on(code, day) else table.estimated_beside(code, day)


def _observances(day: date, facts: LensFacts) -> Iterator[Entry]:
    for found in facts.observed:
        if found.day == day:
            basis = found.observance
            yield Entry(OBSERVANCE, basis.name, {}, found.is_estimated, basis.key, basis.resolution, basis.adopted_on)


def _weekend(day: date, parts: Mapping[str, str]) -> Iterator[Entry]:
    codes = [code for code in parts if is_weekend(day, code)]
    if codes:
        yield Entry(WEEKEND, who=grouped(codes, parts))


def _ramadan(day: date, parts: Mapping[str, str], months: Sequence[tuple[date, Holiday]]) -> Iterator[Entry]:
    codes = [code for code in parts if code in RAMADAN_STATES]
    for last, first in months:
        if codes and first.day <= day <= last:
            yield Entry(RAMADAN, who=grouped(codes, parts), is_estimated=first.is_estimated)


def _ramadans(table: HolidayTable) -> list[tuple[date, Holiday]]:
    """Return each Ramadan in the table as its last day and the holiday that begins it."""
    known = table.by_state.get(RAMADAN_SIGHTED_BY, {}).values()
    return [(first.day + timedelta(days=RAMADAN_DAYS - 1), first) for first in first_days(known, RAMADAN_BEGINS)]


def _house(day: date, facts: LensFacts) -> Iterator[Entry]:
    """Yield what the Organization itself does: its recess, its Ministerial Council, its weekly meetings."""
    monday, sunday = _ministerial_week(day.year, facts)
    is_quiet = in_recess(day) or monday <= day <= sunday
    if in_recess(day):
        yield Entry(RECESS)
    if monday <= day <= sunday:
        yield Entry(MINISTERIAL_WEEK)
    for what, weekday in ((COUNCIL, COUNCIL_DAY), (FORUM, FORUM_DAY)):
        if day in facts.sittings.get(what, ()) or (day.weekday() == weekday and not is_quiet):
            yield Entry(what)


def _ministerial_week(year: int, facts: LensFacts) -> Span:
    real = facts.ministerials.get(year)
    if real is None:
        return ministerial_week(year)
    first, last = real
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
