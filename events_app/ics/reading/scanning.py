"""The scan before any parsing: one pass over the lines that refuses what no honest program writes."""

import re

from events_app.ics.errors import UnreadableCalendarError
from events_app.ics.reading.decoding import unfolded_text
from events_app.ics.reading.outcome import ReadLimits

LONGEST_LINE = 500_000
MOST_PROPERTIES = 5_000
# A saved invitation says REQUEST; everything else is a message about an event, not a calendar.
METHODS = ("PUBLISH", "REQUEST")

_LINE_END = re.compile("[\r\n]+")
_IGNORED_AT_ANY_LENGTH = ("ATTACH", "IMAGE")


def scanned_lines(content: bytes, limits: ReadLimits, methods: tuple[str, ...] | None = METHODS) -> list[str]:
    """Return the unfolded lines of a calendar whose outward form is sound; raises UnreadableCalendarError.

    `methods` are those that a calendar may have; None: any.
    """
    lines = [line for line in _LINE_END.split(unfolded_text(content, limits.octets)) if line.strip()]
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise UnreadableCalendarError("not-a-calendar")
    scan = _Scan(limits, methods)
    for line in lines:
        scan.pass_by(line)
    scan.finish()
    return lines


class _Scan:
    """What has been seen so far: the names of the open components, and the number of properties in each."""

    def __init__(self, limits: ReadLimits, methods: tuple[str, ...] | None) -> None:
        self.limits = limits
        self.methods = methods
        self.components = 0
        self.open: list[str] = []
        self.properties: list[int] = []

    def pass_by(self, line: str) -> None:
        start = line[:6].upper()
        if start == "BEGIN:":
            self._begin(line[6:].strip().upper())
        elif start.startswith("END:"):
            self._end(line[4:].strip().upper())
        else:
            self._property(line)

    def finish(self) -> None:
        if self.open:
            raise UnreadableCalendarError("unbalanced", component=self.open[-1][:60])

    def _begin(self, name: str) -> None:
        if bool(self.open) == (name == "VCALENDAR"):
            raise UnreadableCalendarError("unbalanced", component=name[:60])
        self.open.append(name)
        self.properties.append(0)
        self.components += name != "VCALENDAR"
        if len(self.open) > self.limits.depth:
            raise UnreadableCalendarError("too-deep", limit=str(self.limits.depth))
        if self.components > self.limits.components:
            raise UnreadableCalendarError("too-many-components", limit=str(self.limits.components))

    def _end(self, name: str) -> None:
        if not self.open or self.open.pop() != name:
            raise UnreadableCalendarError("unbalanced", component=name[:60])
        self.properties.pop()

    def _property(self, line: str) -> None:
        if not self.open:
            raise UnreadableCalendarError("not-a-calendar")
        self.properties[-1] += 1
        if self.properties[-1] > MOST_PROPERTIES:
            raise UnreadableCalendarError("too-many-properties", limit=str(MOST_PROPERTIES))
        if len(line) > LONGEST_LINE and not line[:6].upper().startswith(_IGNORED_AT_ANY_LENGTH):
            raise UnreadableCalendarError("line-too-long", limit=str(LONGEST_LINE))
        if len(self.open) == 1:
            _check_head(line, self.methods)


def _check_head(line: str, methods: tuple[str, ...] | None) -> None:
    name, _, value = line.partition(":")
    name, value = name.partition(";")[0].strip().upper(), value.strip().upper()
    if name == "METHOD" and methods is not None and value not in methods:
        raise UnreadableCalendarError("method", method=value[:60])
    if name == "VERSION" and value != "2.0":
        raise UnreadableCalendarError("version", version=value[:60])
    if name == "CALSCALE" and value != "GREGORIAN":
        raise UnreadableCalendarError("calendar-scale", scale=value[:60])
