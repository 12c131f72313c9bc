"""The days and times of a row. Nothing is guessed: what can be read in two ways is rejected."""

import re
from datetime import date, time, timedelta
from typing import Any

from events_app.dates.errors import UnknownZoneError
from events_app.dates.wall_time import is_repeated
from events_app.dates.zones import zone
from events_app.events.rules.details import FIRST_DAY, LAST_DAY
from events_app.feeds.importing.errors import RejectedItemError
from events_app.feeds.importing.items import Wishes
from events_app.feeds.importing.names import folded
from events_app.feeds.importing.reading import Reading
from events_app.feeds.importing.sheet import SheetRow

DAY = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")
DOTTED_DAY = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})")  # the day comes first wherever dots are written
HOUR = re.compile("([0-9]{1,2}):([0-9]{2})(?::00)?(?: ?([AaPp])[Mm])?")
TRUE, FALSE = ("true", "yes", "1"), ("false", "no", "0", "")
MIDNIGHT = time()
WHOLE_DAYS = {"start_time": None, "end_time": None, "start_fold": 0, "end_fold": 0}


def days_and_times(row: SheetRow, wishes: Wishes) -> dict[str, Any]:
    """Return the days and times that a row names, as fields of EventDetails; raises RejectedItemError.

    Without a last day an event keeps its length.
    """
    reading = Reading()
    first, last = reading.part(_first_day, row), reading.part(_day, row, "end")
    starts, ends = reading.part(_hour, row, "start_time"), reading.part(_hour, row, "end_time")
    zone_name, is_all_day = reading.part(_zone_name, row), reading.part(_is_all_day, row)
    reading.end()
    assert first is not None  # else the reading has ended in an error
    if is_all_day:
        # Outlook ends a whole day at midnight of the next.
        is_next = bool(last and last > first and ends == MIDNIGHT and starts == MIDNIGHT)
        last = last - timedelta(days=1) if last and is_next else last
        return {**_days(first, last), **WHOLE_DAYS}
    if starts is None and ends is None:
        return {**_days(first, last), **({"time_zone": zone_name} if zone_name else {})}
    return {**_days(first, last), **_timed((first, last or first), starts, ends, zone_name or wishes.time_zone)}


def named_day(row: SheetRow) -> date | str:
    """Return the first day of a row, or what the row says for it."""
    try:
        return _first_day(row)
    except RejectedItemError:
        return row.cell("start")[:40]


def _days(first: date, last: date | None) -> dict[str, Any]:
    return {"starts_on": first, **({"ends_on": last} if last else {})}


def _timed(days: tuple[date, date], starts: time | None, ends: time | None, zone_name: str | None) -> dict[str, Any]:
    if starts is None or ends is None:
        raise RejectedItemError("times-together")
    if not zone_name:
        raise RejectedItemError("zone-needed")
    for day, at in zip(days, (starts, ends), strict=True):
        if FIRST_DAY <= day <= LAST_DAY and is_repeated(day, at, zone_name):
            raise RejectedItemError("repeated-hour", day=day, time=at)
    return {"start_time": starts, "end_time": ends, "time_zone": zone_name, "start_fold": 0, "end_fold": 0}


def _zone_name(row: SheetRow) -> str:
    name = row.cell("time_zone")
    try:
        return zone(name).key if name else ""
    except UnknownZoneError as error:
        raise RejectedItemError("unknown-zone", zone=name[:60]) from error


def _first_day(row: SheetRow) -> date:
    day = _day(row, "start")
    if day is None:
        raise RejectedItemError("no-date")
    return day


def _day(row: SheetRow, column: str) -> date | None:
    text = row.cell(column)
    if not text:
        return None
    match = DAY.fullmatch(text) or DOTTED_DAY.fullmatch(text)
    if not match:
        raise RejectedItemError("date-form", text=text[:40])
    parts = [int(part) for part in match.groups()]
    year, month, day = parts if match.re is DAY else reversed(parts)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise RejectedItemError("no-such-day", value=text) from error


def _hour(row: SheetRow, column: str) -> time | None:
    text = row.cell(column)
    if not text:
        return None
    match = HOUR.fullmatch(text)
    hour, minute = (int(match[1]), int(match[2])) if match else (99, 0)
    half = (match[3] or "").lower() if match else ""
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half:
        hour = 99
    if hour > 23 or minute > 59:
        raise RejectedItemError("time-form", text=text[:40])
    return time(hour, minute)


def _is_all_day(row: SheetRow) -> bool:
    text = folded(row.cell("all_day"))
    if text not in TRUE + FALSE:
        raise RejectedItemError("unknown-word", column="all day event", word=text[:60], known=(TRUE[0], FALSE[0]))
    return text in TRUE
