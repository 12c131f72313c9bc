"""What is read from a calendar file, and how much of it may be asked of the machine."""

from dataclasses import dataclass

from events_app.ics.entry import DaySpan, TimedSpan


@dataclass(frozen=True)
class ReadLimits:
    """How large a file may be, and what reading it may cost: octets, components, seconds, octets of memory, depth."""

    octets: int
    components: int
    seconds: int
    memory: int = 512 * 1024 * 1024
    depth: int = 5


NORMAL = ReadLimits(2_000_000, 2_000, 10)
LARGE = ReadLimits(20_000_000, 20_000, 60)


@dataclass(frozen=True)
class ReadItem:
    """One event, or one instance of a recurring event.

    `position` is the number of its VEVENT in the file, from 1; `uid` is empty if the file has none. `recurrence`
    is empty or the original start of the instance in ISO form, a day or an instant in UTC. Texts are plain and
    clean, `url` is http or https or empty, `status` TENTATIVE, CONFIRMED, CANCELLED or empty.
    """

    position: int
    uid: str
    recurrence: str
    when: TimedSpan | DaySpan
    summary: str
    description: str
    location: str
    url: str
    status: str
    sequence: int
    categories: tuple[str, ...]
    is_transparent: bool


@dataclass(frozen=True)
class ReadProblem:
    """A component that cannot be taken, while the others can; `reason` is a code, `facts` are short texts."""

    position: int
    uid: str
    summary: str
    reason: str
    facts: dict[str, str]


@dataclass(frozen=True)
class ReadCalendar:
    """The name that a file gives itself, perhaps empty, what it holds, and what cannot be taken from it."""

    name: str
    items: tuple[ReadItem, ...]
    problems: tuple[ReadProblem, ...]
