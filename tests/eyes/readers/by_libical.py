"""libical, the C library of Evolution, KOrganizer and Thunderbird of old; it takes zones from the VTIMEZONE."""

import ctypes
import sys
from collections.abc import Iterator
from ctypes import POINTER, Structure, c_char_p, c_int, c_long, c_void_p
from datetime import UTC, datetime
from typing import Any

from rows import Row, answer, answer_offsets, written


class Time(Structure):
    """libical's `struct icaltimetype`."""

    _fields_ = (
        *((name, c_int) for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "is_daylight")),
        ("zone", c_void_p),
    )


SIGNATURES: dict[str, tuple[Any, ...]] = {
    "icalparser_parse_string": (c_void_p, c_char_p),
    "icalcomponent_string_to_kind": (c_int, c_char_p),
    "icalcomponent_get_first_component": (c_void_p, c_void_p, c_int),
    "icalcomponent_get_next_component": (c_void_p, c_void_p, c_int),
    "icalcomponent_get_uid": (c_char_p, c_void_p),
    "icalcomponent_get_dtstart": (Time, c_void_p),
    "icalcomponent_get_dtend": (Time, c_void_p),
    "icalcomponent_get_summary": (c_char_p, c_void_p),
    "icalcomponent_get_status": (c_int, c_void_p),
    "icalcomponent_get_sequence": (c_int, c_void_p),
    "icalcomponent_free": (None, c_void_p),
    "icalproperty_status_to_string": (c_char_p, c_int),
    "icaltime_as_timet_with_zone": (c_long, Time, c_void_p),
    "icalcomponent_get_timezone": (c_void_p, c_void_p, c_char_p),
    "icaltimezone_get_utc_offset": (c_int, c_void_p, POINTER(Time), POINTER(c_int)),
}

library = ctypes.CDLL("libical.so.3")
for name, (result, *arguments) in SIGNATURES.items():
    function = getattr(library, name)
    function.restype, function.argtypes = result, arguments


def read(text: str) -> Iterator[Row]:
    """Yield the rows of a feed."""
    calendar = library.icalparser_parse_string(text.encode())
    kind = library.icalcomponent_string_to_kind(b"VEVENT")
    event = library.icalcomponent_get_first_component(calendar, kind)
    while event:
        yield row(event)
        event = library.icalcomponent_get_next_component(calendar, kind)
    library.icalcomponent_free(calendar)


def row(event: int) -> Row:
    """Return the row of an event."""
    status = library.icalproperty_status_to_string(library.icalcomponent_get_status(event))
    return [
        library.icalcomponent_get_uid(event).decode(),
        moment(library.icalcomponent_get_dtstart(event)), moment(library.icalcomponent_get_dtend(event)),
        library.icalcomponent_get_summary(event).decode(), status.decode(),
        library.icalcomponent_get_sequence(event),
    ]  # fmt: skip


def moment(when: Time) -> str:
    """Return a day or an instant as it stands in a row."""
    if when.is_date:
        return f"{when.year}-{when.month:02}-{when.day:02}"
    return written(datetime.fromtimestamp(library.icaltime_as_timet_with_zone(when, when.zone), UTC))


def offsets(text: str, locals_: list[datetime]) -> list[float]:
    """Return the offsets of a calendar's only zone, in seconds."""
    calendar = library.icalparser_parse_string(text.encode())
    name = text.partition("TZID:")[2].partition("\r\n")[0]
    zone, is_daylight = library.icalcomponent_get_timezone(calendar, name.encode()), c_int()
    return [library.icaltimezone_get_utc_offset(zone, time_of(local), is_daylight) for local in locals_]


def time_of(local: datetime) -> Time:
    """Return a local time as libical holds it."""
    return Time(local.year, local.month, local.day, local.hour, local.minute, local.second)


if __name__ == "__main__":
    answer_offsets(offsets) if "offsets" in sys.argv else answer(read)
