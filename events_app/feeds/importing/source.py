"""Reading a file, whatever it is, into items and rejections."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from events_app.dates.zones import zone_names
from events_app.feeds.importing.calendar_items import first_day, item_of_entry
from events_app.feeds.importing.errors import RejectedItemError, UnreadableFileError
from events_app.feeds.importing.items import Item, Rejection, Wishes, rejected, rejection
from events_app.feeds.importing.names import Names
from events_app.feeds.importing.row_times import named_day
from events_app.feeds.importing.rows import item_of_row, title_of_row
from events_app.feeds.importing.sheet import Sheet, read_sheet
from events_app.ics.errors import UnreadableCalendarError
from events_app.ics.reading import LARGE, NORMAL, ReadCalendar, read_calendar

BACK, AHEAD = timedelta(days=400), timedelta(days=5 * 366)
SHEETS = (".csv", ".tsv", ".txt")
CALENDARS = (".ics", ".ical", ".ifb")
REASONS = {"too-long": "lasts-too-long"}  # texts, too, can be too long
START_OF_CALENDAR = b"BEGIN:VCALENDAR"


@dataclass(frozen=True)
class Source:
    """What a file holds: how many items were read, those that make sense, those that do not, columns passed over."""

    read: int
    items: tuple[Item, ...]
    rejections: tuple[Rejection, ...]
    ignored: tuple[str, ...] = ()


def read_file(file_name: str, content: bytes, wishes: Wishes, now: datetime) -> ReadCalendar | Sheet:
    """Return what a .ics or .csv file holds, without asking the database. Raises UnreadableFileError.

    Series are followed from 400 days back to five years ahead; other events are taken whenever they are.
    """
    limits = LARGE if wishes.is_large else NORMAL
    if wishes.time_zone and wishes.time_zone not in zone_names():
        raise UnreadableFileError("unknown-zone", zone=wishes.time_zone[:60])
    if not content.strip():
        raise UnreadableFileError("empty")
    if not is_calendar(file_name, content):
        return read_sheet(content, limits.octets, limits.components)
    try:
        return read_calendar(content, limits, now.date() - BACK, now.date() + AHEAD, wishes.time_zone)
    except UnreadableCalendarError as error:
        raise UnreadableFileError(error.reason, **error.facts) from error


def source_of(found: ReadCalendar | Sheet, names: Names, wishes: Wishes) -> Source:
    """Return the items of what was read, in the words of this calendar."""
    return _sheet_source(found, names, wishes) if isinstance(found, Sheet) else _calendar_source(found, names)


def is_calendar(file_name: str, content: bytes) -> bool:
    """Return whether a file is a calendar by its contents or name; raises UnreadableFileError if it is no sheet."""
    name = file_name.lower()
    if name.endswith(CALENDARS) or START_OF_CALENDAR in content[:200].upper():
        return True
    if not name.endswith(SHEETS):
        raise UnreadableFileError("kind")
    return False


def _calendar_source(calendar: ReadCalendar, names: Names) -> Source:
    problems = [
        Rejection(p.position, p.uid, p.summary, REASONS.get(p.reason, p.reason), p.facts) for p in calendar.problems
    ]
    entries = ((e, e.position, e.uid, e.summary, first_day(e.when)) for e in calendar.items)
    items, rejections = _understood(entries, lambda entry: item_of_entry(entry, names))
    return _source(items, [*problems, *rejections])


def _sheet_source(sheet: Sheet, names: Names, wishes: Wishes) -> Source:
    rows = ((row, row.number, row.cell("uid")[:200], title_of_row(row), named_day(row)) for row in sheet.rows)
    items, rejections = _understood(rows, lambda row: item_of_row(row, names, wishes))
    return _source(items, rejections, sheet.ignored)


def _understood(
    parts: Iterable[tuple[Any, int, str, str, date | str]], understand: Callable[[Any], Item]
) -> tuple[list[Item], list[Rejection]]:
    items, rejections = [], []
    for part, position, uid, title, when in parts:
        try:
            items.append(understand(part))
        except RejectedItemError as error:
            rejections.append(rejection(error, position, uid, title, when))
    return items, rejections


def _source(items: list[Item], rejections: list[Rejection], ignored: tuple[str, ...] = ()) -> Source:
    """Return a source in which each UID stands once: what repeats one is rejected."""
    kept, seen = [], set()
    for item in items:
        if item.uid and item.uid in seen:
            rejections.append(rejected(item, RejectedItemError("uid-twice")))
        else:
            kept.append(item)
            seen.add(item.uid)
    return Source(len(kept) + len(rejections), tuple(kept), tuple(rejections), ignored)
