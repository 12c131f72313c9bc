"""vobject, the parser of many CalDAV servers; it takes zones from the VTIMEZONE of the file."""

import re
import sys
from collections.abc import Iterator
from datetime import datetime

import vobject
from rows import Row, answer, answer_offsets, written


def read(text: str) -> Iterator[Row]:
    """Yield the rows of a feed."""
    # It keeps the zones of the calendars read before.
    for name in re.findall("TZID:(.+)\r", text):
        vobject.icalendar.registerTzid(name, None)
    for event in vobject.readOne(text).contents.get("vevent", []):
        yield [
            event.uid.value, written(event.dtstart.value), written(event.dtend.value),
            event.summary.value, event.status.value, int(event.sequence.value),
        ]  # fmt: skip


def offsets(text: str, locals_: list[datetime]) -> list[float]:
    """Return the offsets of a calendar's only zone, in seconds."""
    zone = vobject.readOne(text).vtimezone.tzinfo
    return [zone.utcoffset(local).total_seconds() for local in locals_]


if __name__ == "__main__":
    answer_offsets(offsets) if "offsets" in sys.argv else answer(read)
