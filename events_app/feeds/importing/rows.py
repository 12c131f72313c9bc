"""From a row of a sheet to what it says of an event. Nothing is guessed: what can be read in two ways is rejected."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from events_app.dates.errors import UnknownZoneError
from events_app.dates.wall_time import is_repeated
from events_app.dates.zones import zone
from events_app.events.models import CANCELLED, CONFIRMED, HYBRID, IN_PERSON, ONLINE, STATUSES, VISIBILITIES
from events_app.events.rules.details import FIRST_DAY, LAST_DAY
from events_app.events.rules.life import HELD
from events_app.feeds.importing.errors import RejectedItemError
from events_app.feeds.importing.items import LONGEST_UID, Item, Wishes
from events_app.feeds.importing.names import Names, folded
from events_app.feeds.importing.sheet import SheetRow

DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
HOUR = re.compile("([0-9]{1,2}):([0-9]{2})(?::00)?(?: ?([AaPp])[Mm])?")
FORMS = {"yes": ONLINE, "online": ONLINE, "hybrid": HYBRID, "no": IN_PERSON, "in-person": IN_PERSON}
STATES = {**{status: status for status in STATUSES}, HELD: CONFIRMED, "canceled": CANCELLED}
TRUE, FALSE = ("true", "yes", "1"), ("false", "no", "0", "")
MIDNIGHT = time()
WHOLE_DAYS = {"start_time": None, "end_time": None, "start_fold": 0, "end_fold": 0}
BETWEEN_WORDS = re.compile("[;,+/ ]+")


def item_of_row(row: SheetRow, names: Names, wishes: Wishes) -> Item:
    """Return what a row says; raises RejectedItemError."""
    if row.is_overlong:
        raise RejectedItemError("too-many-cells")
    words = [word for word in row.cell("categories").split(";") if word.strip()]
    kind_key = _key(row, "kind", names.kind_keys) or names.kind_of(words)
    fields = {**_when(row, wishes), **_plain_fields(row), **_hosts(row, names)}
    return Item(
        position=row.number,
        title=title_of_row(row),
        starts_on=fields["starts_on"],
        uid=_uid(row),
        theme=row.cell("theme"),
        kind_key=kind_key,
        group_keys=_groups(row, names) or names.groups_of(words) or names.all_groups_of(kind_key),
        fields=fields,
        place=row.cell("place") or row.cell("city"),
        status=_key(row, "status", STATES) or "",
        country_zone=_country_zone(row, names),
        has_kind_column="kind" in row.cells,
        description=row.text("description"),
    )


def title_of_row(row: SheetRow) -> str:
    """Return what to call a row in a report: its theme, else its kind and first day."""
    return (row.cell("theme") or " ".join(part for part in (row.cell("kind"), row.cell("start")) if part))[:200]


def _uid(row: SheetRow) -> str:
    uid = row.cell("uid")
    if len(uid) > LONGEST_UID:
        raise RejectedItemError("too-long", field="uid", most=LONGEST_UID)
    return uid


def _when(row: SheetRow, wishes: Wishes) -> dict[str, Any]:
    """Return the days and times that a row names; without a last day an event keeps its length."""
    first, last = _day(row, "start"), _day(row, "end")
    if first is None:
        raise RejectedItemError("no-date")
    starts, ends = _hour(row, "start_time"), _hour(row, "end_time")
    zone_name = _zone_name(row)
    if _is_all_day(row):
        # Outlook ends a whole day at midnight of the next.
        is_next = bool(last and last > first and ends == MIDNIGHT and starts == MIDNIGHT)
        last = last - timedelta(days=1) if last and is_next else last
        return {**_days(first, last), **WHOLE_DAYS}
    if starts is None and ends is None:
        return {**_days(first, last), **({"time_zone": zone_name} if zone_name else {})}
    return {**_days(first, last), **_timed((first, last or first), starts, ends, zone_name or wishes.time_zone)}


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


def _day(row: SheetRow, column: str) -> date | None:
    text = row.cell(column)
    if not text:
        return None
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError as error:
        raise RejectedItemError("no-such-day", value=text) from error
    raise RejectedItemError("date-form", text=text[:40])


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
        raise RejectedItemError("unknown-word", column="all day event", word=text[:60])
    return text in TRUE


def _plain_fields(row: SheetRow) -> dict[str, Any]:
    found = {
        "theme": row.cell("theme"),
        "visibility": _key(row, "visibility", {key: key for key in VISIBILITIES}),
        "format": _key(row, "online", FORMS),
    }
    return {name: value for name, value in found.items() if value}


def _hosts(row: SheetRow, names: Names) -> dict[str, Any]:
    host = _states(row, "host", names)
    co_hosts = _states(row, "co_host", names)
    if len(host) > 1:
        raise RejectedItemError("unknown-word", column="host", word=row.cell("host")[:60])
    return {**({"host_code": host[0]} if host else {}), **({"co_host_codes": co_hosts} if co_hosts else {})}


def _states(row: SheetRow, column: str, names: Names) -> tuple[str, ...]:
    codes = [code.upper() for code in BETWEEN_WORDS.split(row.cell(column)) if code]
    for code in codes:
        if code not in names.facts.states:
            raise RejectedItemError("unknown-state", column=column, word=code[:60])
    return tuple(sorted(set(codes)))


def _country_zone(row: SheetRow, names: Names) -> str:
    found = _states(row, "country", names)
    return names.facts.state(found[0]).time_zone if found else ""


def _groups(row: SheetRow, names: Names) -> tuple[str, ...]:
    text = row.cell("group")
    if folded(text) in names.group_keys:
        return names.groups_of([text])
    words = [word for word in BETWEEN_WORDS.split(text) if word]
    for word in words:
        if folded(word) not in names.group_keys:
            raise RejectedItemError("unknown-word", column="group", word=text[:60])
    return names.groups_of(words)


def _key(row: SheetRow, column: str, known: Any, fold: Callable[[str], str] = folded) -> str | None:
    """Return what a word of a column means; None where there is none. Raises RejectedItemError."""
    word = fold(row.cell(column))
    if word and word not in known:
        raise RejectedItemError("unknown-word", column=column, word=row.cell(column)[:60])
    return str(known[word]) if word else None
