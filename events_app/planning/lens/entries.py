"""What the lens says of a day, and of whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

HOLIDAY, ESTIMATED_BESIDE, OBSERVANCE, WEEKEND = "holiday", "estimated-beside", "observance", "weekend"
RAMADAN, RECESS, MINISTERIAL_WEEK, COUNCIL, FORUM = "ramadan", "recess", "ministerial-week", "council", "forum"
WHAT = (HOLIDAY, ESTIMATED_BESIDE, OBSERVANCE, WEEKEND, RAMADAN, RECESS, MINISTERIAL_WEEK, COUNCIL, FORUM)

SEAT, HOST, CHAIR, PARTNER, PARTICIPATING = "seat", "host", "chair", "partner", "participating"
PARTS = (SEAT, HOST, CHAIR, PARTNER, PARTICIPATING)
CLOSE = (SEAT, HOST, CHAIR, PARTNER)


@dataclass(frozen=True)
class Concerned:
    """The States that a date concerns, by the part they have; who has two counts for the first of PARTS."""

    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def parts(self) -> dict[str, str]:
        """Return {code: part}, in the order of the parts."""
        found: dict[str, str] = {}
        for part in PARTS:
            for code in self.codes.get(part, ()):
                found.setdefault(code, part)
        return found


@dataclass(frozen=True)
class Entry:
    """One thing that stands on a day: what, its English name, the States it is about by their parts.

    Estimated: the moon or a decree may still move it. `resolution` is on what an observance rests.
    """

    what: str
    name: str = ""
    who: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_estimated: bool = False
    key: str = ""
    resolution: str = ""
    adopted_on: date | None = None

    def codes(self, *parts: str) -> tuple[str, ...]:
        """Return the States it is about that have one of the parts (none named: any)."""
        return tuple(code for part in parts or PARTS for code in self.who.get(part, ()))

    @property
    def is_close(self) -> bool:
        """Whether it is about the seat, a host, a chair or a Partner, and not about participating States alone."""
        return bool(self.codes(*CLOSE))


@dataclass(frozen=True)
class Lens:
    """A day and all that stands on it, in the order of WHAT, and who was looked at."""

    day: date
    entries: tuple[Entry, ...]
    concerned: Concerned = field(default_factory=Concerned)

    def of(self, *what: str) -> list[Entry]:
        """Return the entries of some sorts."""
        return [entry for entry in self.entries if entry.what in what]

    @property
    def is_heavy(self) -> bool:
        """Whether the seat, a host, a chair or a Partner has a public holiday on the day."""
        return any(entry.is_close for entry in self.of(HOLIDAY))


def grouped(codes: Iterable[str], parts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return {part: codes} of some States."""
    found: dict[str, tuple[str, ...]] = {}
    for code in codes:
        found[parts[code]] = (*found.get(parts[code], ()), code)
    return found
