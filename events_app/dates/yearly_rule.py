"""A zone's yearly rule: the footer of its compiled form, and the years that do not follow it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from events_app.dates.tz_file import Change, zone_record
from events_app.dates.zones import tz_version

_NAME = r"(<[^>]+>|[A-Za-z]+)"
_TIME = r"([+-]?\d+(?::\d+){0,2})"
_DAY = r"M(\d+)\.(\d)\.(\d)"
_FOOTER = re.compile(rf"{_NAME}{_TIME}(?:{_NAME}{_TIME}?,{_DAY}(?:/{_TIME})?,{_DAY}(?:/{_TIME})?)?")
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Onset:
    """A yearly change: `wait` after midnight of the `week`-th (5: last) `weekday` (0: Monday) of `month`.

    `wait` goes by the clock of `offset_from`; it may be negative or exceed a day.
    """

    month: int
    week: int
    weekday: int
    wait: timedelta
    offset_from: timedelta
    offset_to: timedelta
    name: str

    def local(self, year: int) -> datetime:
        """Return the naive local time of the change in a year, by the clock that ends then."""
        return _weekday_of_month(year, self.month, self.week, self.weekday) + self.wait

    def change(self, year: int) -> Change:
        """Return the change of a year."""
        at = (self.local(year) - self.offset_from).replace(tzinfo=UTC)
        return Change(at, self.offset_from, self.offset_to)


@dataclass(frozen=True)
class YearlyRule:
    """What holds every year: a fixed offset, or two onsets a year; `name` and `offset` are standard time."""

    name: str
    offset: timedelta
    onsets: tuple[Onset, ...]


def yearly_rule(zone_name: str) -> YearlyRule | None:
    """Return the rule that a zone's footer states; None where there is none that years can repeat.

    Raises UnknownZoneError.
    """
    return _yearly_rule(zone_name, tz_version())


def irregular_years(zone_name: str) -> frozenset[int]:
    """Return the years (UTC), up to the last recorded change, in which a zone departs from its rule.

    Where there is no rule every recorded year is irregular. Raises UnknownZoneError.
    """
    return _irregular_years(zone_name, tz_version())


@lru_cache(maxsize=1024)
def _yearly_rule(zone_name: str, version: str) -> YearlyRule | None:
    match = _FOOTER.fullmatch(zone_record(zone_name).footer)
    if match is None:
        return None
    name, offset, summer_name, summer_offset, *days = match.groups()
    standard, winter_name = -_duration(offset), name.strip("<>")
    if summer_name is None:
        return YearlyRule(winter_name, standard, ())
    summer = -_duration(summer_offset) if summer_offset else standard + _HOUR
    begin = _onset(days[:4], standard, summer, summer_name)
    end = _onset(days[4:], summer, standard, winter_name)
    return YearlyRule(winter_name, standard, (begin, end))


@lru_cache(maxsize=1024)
def _irregular_years(zone_name: str, version: str) -> frozenset[int]:
    changes, rule = zone_record(zone_name).changes, yearly_rule(zone_name)
    if not changes:
        return frozenset()
    years = range(changes[0].at.year, changes[-1].at.year + 1)
    if rule is None:
        return frozenset(years)
    ruled = [onset.change(year) for year in years for onset in rule.onsets]
    # The record may stop in the middle of a year; the rule has the rest.
    actual = [*changes, *(change for change in ruled if change.at > changes[-1].at)]
    moves = [change for change in actual if change.before != change.after]
    return frozenset(year for year in years if not _is_regular(year, moves, rule))


def _is_regular(year: int, moves: list[Change], rule: YearlyRule) -> bool:
    found = [change for change in moves if change.at.year == year]
    if found or rule.onsets:
        return found == sorted((onset.change(year) for onset in rule.onsets), key=lambda change: change.at)
    before = [change.after for change in moves if change.at.year < year]
    return before[-1:] == [rule.offset]


def _onset(day: list[str | None], before: timedelta, after: timedelta, name: str) -> Onset:
    month, week, weekday = (int(part or 0) for part in day[:3])
    wait = _duration(day[3] or "2")
    return Onset(month, week, (weekday - 1) % 7, wait, before, after, name.strip("<>"))


def _duration(text: str) -> timedelta:
    hours, minutes, seconds = (int(part) for part in (text.lstrip("+-") + ":0:0").split(":")[:3])
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -length if text.startswith("-") else length


def _weekday_of_month(year: int, month: int, week: int, weekday: int) -> datetime:
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (week - 1))
    if day.month != month:
        day -= timedelta(days=7)
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  (wall time by design)
