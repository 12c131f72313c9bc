"""The offset that a VTIMEZONE of a file claims for a local time (RFC 5545, 3.6.5)."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from events_app.ics.reading.components import Component
from events_app.ics.vtimezone import WEEKDAYS

_OFFSET = re.compile(r"([+-])([0-9]{2})([0-9]{2})([0-9]{2})?")
_LOCAL = re.compile(r"[0-9]{8}T[0-9]{6}")
_DAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_MOST_DATES = 2_000
_PARTS = {"FREQ", "INTERVAL", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "WKST"}


class ObscureZoneError(ValueError):
    """A VTIMEZONE whose onsets are not those of a time zone as any program writes them."""


@dataclass(frozen=True)
class Observance:
    """A STANDARD or DAYLIGHT part: its first onset in local time before it, offsets, rule and further onsets."""

    start: datetime
    before: timedelta
    after: timedelta
    rule: tuple[tuple[str, str], ...] | None
    dates: tuple[datetime, ...]

    def last_onset(self, local: datetime) -> datetime | None:
        """Return its last onset at or before a local time, both in local time before the onset."""
        years = (local.year, local.year - 1) if self.rule else ()
        candidates = {self.start, *self.dates, *(onset for year in years if (onset := self._in_year(year)))}
        return max((onset for onset in candidates if self.start <= onset <= local), default=None)

    def _in_year(self, year: int) -> datetime | None:
        rule = dict(self.rule or ())
        until = _until(rule, self.before)
        onset = datetime.combine(_yearly_day(year, rule, self.start), self.start.time())
        return onset if until is None or onset <= until else None


def observances_of(component: Component) -> tuple[Observance, ...]:
    """Return the parts of a VTIMEZONE; raises ObscureZoneError."""
    observances = tuple(_observance(part) for part in component.parts if part.name in ("STANDARD", "DAYLIGHT"))
    if not 0 < len(observances) <= 200:
        raise ObscureZoneError(component.name)
    return observances


@lru_cache(maxsize=20_000)
def claimed_offset(observances: tuple[Observance, ...], local: datetime) -> timedelta:
    """Return the offset from UTC at a local time, in a repeated hour that of its first pass."""
    onsets = [(onset, one) for one in observances if (onset := one.last_onset(local))]
    if not onsets:
        return min(observances, key=lambda one: one.start).before
    return max(onsets, key=lambda pair: pair[0])[1].after


def _observance(part: Component) -> Observance:
    rules = part.all("RRULE")
    if len(rules) > 1 or part.first("EXRULE") or part.first("EXDATE"):
        raise ObscureZoneError("rules")
    return Observance(
        _local(part.text("DTSTART")),
        _offset(part.text("TZOFFSETFROM")),
        _offset(part.text("TZOFFSETTO")),
        tuple(_rule(rules[0].value).items()) if rules else None,
        tuple(_dates(part)),
    )


def _dates(part: Component) -> Iterator[datetime]:
    values = [value for line in part.all("RDATE") for value in line.value.split(",")]
    if len(values) > _MOST_DATES:
        raise ObscureZoneError("RDATE")
    return (_local(value) for value in values)


def _rule(text: str) -> dict[str, str]:
    rule = dict(part.partition("=")[::2] for part in text.strip().upper().rstrip(";").split(";"))
    if rule.get("FREQ") != "YEARLY" or rule.get("INTERVAL", "1") != "1" or not set(rule) <= _PARTS:
        raise ObscureZoneError(text[:60])
    _until(rule, timedelta())
    _yearly_day(2000, rule, datetime(2000, 1, 1))  # noqa: DTZ001  (wall time by design)
    return rule


def _until(rule: dict[str, str], before: timedelta) -> datetime | None:
    if "UNTIL" not in rule:
        return None
    text = rule["UNTIL"]
    if text.endswith("Z"):
        return _shifted(_local(text[:-1]), before)
    return _local(text if "T" in text else f"{text}T235959")


def _yearly_day(year: int, rule: dict[str, str], start: datetime) -> datetime:
    """Return the day on which a rule puts the clocks in a year; only one such day is understood."""
    month = _number(rule.get("BYMONTH", str(start.month)), 1, 12)
    length = calendar.monthrange(year, month)[1]
    days = [_number(day, 1, 31) for day in rule.get("BYMONTHDAY", "").split(",") if day]
    if "BYDAY" not in rule:
        return datetime(year, month, min(days[0] if days else start.day, length))  # noqa: DTZ001
    match = _DAY.fullmatch(rule["BYDAY"])
    if not match or bool(match[1]) == bool(days):
        raise ObscureZoneError(rule["BYDAY"][:60])
    weekday = WEEKDAYS.index(match[2])
    named = [
        day for day in days or range(1, length + 1) if day <= length and calendar.weekday(year, month, day) == weekday
    ]
    place = int(match[1] or 1)
    if not named or not -len(named) <= place <= len(named):
        raise ObscureZoneError(rule["BYDAY"])
    return datetime(year, month, named[place - 1 if place > 0 else place])  # noqa: DTZ001


def _number(text: str, least: int, most: int) -> int:
    if not re.fullmatch("[0-9]{1,2}", text) or not least <= int(text) <= most:
        raise ObscureZoneError(text[:60])
    return int(text)


def _local(text: str) -> datetime:
    if not _LOCAL.fullmatch(text.strip()):
        raise ObscureZoneError(text[:60])
    try:
        return datetime.strptime(text.strip(), "%Y%m%dT%H%M%S")  # noqa: DTZ007
    except ValueError:
        raise ObscureZoneError(text) from None


def _offset(text: str) -> timedelta:
    match = _OFFSET.fullmatch(text.strip())
    if not match or int(match[2]) > 15:
        raise ObscureZoneError(text[:60])
    size = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    return -size if match[1] == "-" else size


def _shifted(moment: datetime, offset: timedelta) -> datetime:
    try:
        return moment + offset
    except OverflowError:
        return moment
