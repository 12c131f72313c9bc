"""Reading a compiled zone (TZif, RFC 9636): when the offset has changed, and the rule for the years after."""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from events_app.dates.zones import zone_file

HEADER = ">4s c 15x 6l"
HEADER_SIZE = struct.calcsize(HEADER)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Change:
    """One change of a zone's offset from UTC; both are equal where only the name changes."""

    at: datetime
    before: timedelta
    after: timedelta


@dataclass(frozen=True)
class ZoneRecord:
    """A zone's recorded changes, oldest first, and its footer, a POSIX TZ string."""

    changes: tuple[Change, ...]
    footer: str


def zone_record(zone_name: str) -> ZoneRecord:
    """Return what the tz database records of a zone; raises UnknownZoneError."""
    data = zone_file(zone_name)
    body = data[HEADER_SIZE + _body_size(data, time_size=4) :]
    footer = body[HEADER_SIZE + _body_size(body, time_size=8) :]
    return ZoneRecord(_changes(body), footer.decode("ascii").strip("\n"))


def _body_size(data: bytes, time_size: int) -> int:
    _, _, is_ut, is_std, leaps, times, types, letters = struct.unpack_from(HEADER, data)
    return int(times * (time_size + 1) + types * 6 + letters + leaps * (time_size + 4) + is_std + is_ut)


def _changes(body: bytes) -> tuple[Change, ...]:
    *_, times, types, _ = struct.unpack_from(HEADER, body)
    instants = struct.unpack_from(f">{times}q", body, HEADER_SIZE)
    kinds = struct.unpack_from(f">{times}B", body, HEADER_SIZE + times * 8)
    offsets = [t[0] for t in struct.iter_unpack(">lBB", body[HEADER_SIZE + times * 9 :][: types * 6])]
    after = [timedelta(seconds=offsets[kind]) for kind in kinds]
    before = [timedelta(seconds=offsets[0]), *after][:times]
    rows = zip(instants, before, after, strict=True)
    return tuple(Change(EPOCH + timedelta(seconds=at), old, new) for at, old, new in rows)
