"""VTIMEZONE as yearly rules that every reader understands alike, and the question whether there are any."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache

from events_app.dates.wall_time import is_repeated
from events_app.dates.yearly_rule import Onset, YearlyRule, irregular_years, yearly_rule
from events_app.dates.zones import tz_version
from events_app.ics.content_lines import escaped, joined
from events_app.ics.entry import DaySpan, TimedSpan
from events_app.ics.errors import ZoneRuleError

UTC_NAMES = ("UTC", "Etc/UTC")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def needs_zone(when: TimedSpan | DaySpan) -> str | None:
    """Return the TZID in which an event's times are written; None for whole days and for times in UTC.

    UTC it is inside a repeated hour, and unless every year from the one before the event on follows the
    zone's yearly rule: a property of the event alone. Raises UnknownZoneError.
    """
    if isinstance(when, DaySpan) or when.zone_name in UTC_NAMES or _is_in_repeated_hour(when):
        return None
    return when.zone_name if follows_yearly_rule(when.zone_name, when.local_start.year - 1) else None


def follows_yearly_rule(zone_name: str, from_year: int) -> bool:
    """Tell whether a zone keeps from a year on to one rule that an RRULE can say; raises UnknownZoneError."""
    last_irregular = max(irregular_years(zone_name), default=0)
    return _is_writable(yearly_rule(zone_name)) and last_irregular < from_year


def zone_bytes(zone_name: str, first_year: int, last_year: int) -> bytes:
    """Return the VTIMEZONE of a zone, ended by CRLF, good from the first onset of `first_year` on.

    Raises ZoneRuleError unless each year of the range follows the zone's yearly rule, and UnknownZoneError.
    """
    return _zone_bytes(zone_name, first_year, last_year, tz_version())


@lru_cache(maxsize=512)
def _zone_bytes(zone_name: str, first_year: int, last_year: int, version: str) -> bytes:
    rule = yearly_rule(zone_name)
    irregular = irregular_years(zone_name).intersection(range(first_year, last_year + 1))
    if rule is None or not _is_writable(rule) or irregular:
        raise ZoneRuleError(zone_name, first_year, last_year)
    return joined(_zone_lines(zone_name, rule, first_year))


def _zone_lines(zone_name: str, rule: YearlyRule, first_year: int) -> Iterator[str]:
    yield from ("BEGIN:VTIMEZONE", f"TZID:{escaped(zone_name)}")
    if not rule.onsets:
        start = datetime(first_year, 1, 1)  # noqa: DTZ001  (wall time by design)
        yield from _observance("STANDARD", start, rule.offset, rule.offset, rule.name, None)
    for onset in rule.onsets:
        # The later clock is DAYLIGHT, also in Ireland, where the law calls it standard time.
        kind = "DAYLIGHT" if onset.offset_to > onset.offset_from else "STANDARD"
        start, recurrence = onset.local(first_year), _recurrence(onset)
        yield from _observance(kind, start, onset.offset_from, onset.offset_to, onset.name, recurrence)
    yield "END:VTIMEZONE"


def _observance(
    kind: str, start: datetime, before: timedelta, after: timedelta, name: str, recurrence: str | None
) -> Iterator[str]:
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{start:%Y%m%dT%H%M%S}"
    if recurrence:
        yield f"RRULE:{recurrence}"
    yield from (f"TZOFFSETFROM:{_offset(before)}", f"TZOFFSETTO:{_offset(after)}")
    yield from (f"TZNAME:{escaped(name)}", f"END:{kind}")


def _recurrence(onset: Onset) -> str | None:
    """Return the RRULE of an onset, or None where its days leave the month and no plain rule is exact."""
    shift = onset.wait // timedelta(days=1)
    weekday, length = WEEKDAYS[(onset.weekday + shift) % 7], MONTH_LENGTHS[onset.month - 1]
    rule = f"FREQ=YEARLY;BYMONTH={onset.month}"
    if not shift:
        return f"{rule};BYDAY={onset.week if onset.week < 5 else -1}{weekday}"
    first = (length - 6 if onset.week == 5 else onset.week * 7 - 6) + shift
    # The last week of February moves with leap years.
    if first < 1 or first + 6 > length or (onset.month == 2 and onset.week == 5):
        return None
    return f"{rule};BYMONTHDAY={','.join(str(first + day) for day in range(7))};BYDAY={weekday}"


def _is_writable(rule: YearlyRule | None) -> bool:
    return rule is not None and all(_recurrence(onset) for onset in rule.onsets)


def _is_in_repeated_hour(when: TimedSpan) -> bool:
    times = (when.local_start, when.local_end)
    return any(is_repeated(local.date(), local.time(), when.zone_name) for local in times)


def _offset(offset: timedelta) -> str:
    minutes, seconds = divmod(abs(offset) // timedelta(seconds=1), 60)
    sign = "-" if offset < timedelta() else "+"
    return f"{sign}{minutes // 60:02}{minutes % 60:02}" + (f"{seconds:02}" if seconds else "")
