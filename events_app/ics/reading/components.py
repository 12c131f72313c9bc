"""The components of a scanned calendar as a tree; of their properties only those that are ever asked for."""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import NamedTuple

TIMES = {"DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"}
_TEXTS = {"UID", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS", "SEQUENCE", "CATEGORIES", "TRANSP"}
_RULES = {"RRULE", "EXRULE", "DURATION", "REPEAT", "X-MICROSOFT-CDO-ALLDAYEVENT"}
_ZONES = {"TZID", "TZOFFSETFROM", "TZOFFSETTO"}
_WANTED = TIMES | _TEXTS | _RULES | _ZONES | {"NAME", "X-WR-CALNAME"}

_NAME = re.compile("[A-Za-z0-9-]{1,60}")
_HEAD = re.compile(r'[^":;]*+(?:;[^":;]*+(?:"[^"]*+"[^":;]*+)*+)*+')
_PARAMETER = re.compile(r';([A-Za-z0-9-]{1,60})=("[^"]*"|.*?)(?=;[A-Za-z0-9-]{1,60}=|$)')


class Property(NamedTuple):
    """One content line: its name and the names of its parameters in capitals, their values without quotes."""

    name: str
    parameters: dict[str, str]
    value: str


@dataclass
class Component:
    """One component with its properties and the components in it, both in the order of the file."""

    name: str
    properties: list[Property] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        """Return the properties of a name."""
        return [one for one in self.properties if one.name == name]

    def first(self, name: str) -> Property | None:
        """Return the first property of a name, if there is one."""
        return next((one for one in self.properties if one.name == name), None)

    def text(self, name: str) -> str:
        """Return the bare value of the first property of a name, or an empty text."""
        found = self.first(name)
        return found.value if found else ""


def calendars_of(lines: Iterable[str], wanted: Set[str] = _WANTED) -> list[Component]:
    """Return the calendars that balanced lines hold, with those of their properties that are wanted."""
    root = Component("")
    open_components = [root]
    for line in lines:
        start = line[:6].upper()
        if start == "BEGIN:":
            component = Component(line[6:].strip().upper())
            open_components[-1].parts.append(component)
            open_components.append(component)
        elif start.startswith("END:"):
            open_components.pop()
        else:
            open_components[-1].properties.extend(_properties(line, wanted))
    return root.parts


def parts_of(calendars: Iterable[Component], name: str) -> list[Component]:
    """Return the components of a name that stand directly in the calendars, in their order."""
    return [part for calendar in calendars for part in calendar.parts if part.name == name]


def _properties(line: str, wanted: Set[str]) -> Iterator[Property]:
    match = _NAME.match(line)
    name = match[0].upper() if match else ""
    if name not in wanted:
        return
    head, colon, value = _split(name, line)
    if colon:
        parameters = {one[1].upper(): one[2].strip('"') for one in _PARAMETER.finditer(head)}
        yield Property(name, parameters, value)


def _split(name: str, line: str) -> tuple[str, str, str]:
    # Outlook's zone names have a colon and are not always quoted; a time never has one.
    if name in TIMES:
        return line.rpartition(":")
    match = _HEAD.match(line)
    end = match.end() if match else 0
    return line[:end], line[end : end + 1].strip(";"), line[end + 1 :]
