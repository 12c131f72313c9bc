"""What the year plan is made from: the partnership, the holidays, and what stands in the calendar."""

from dataclasses import dataclass
from datetime import date, timedelta

from events_app.dates.holiday_table import HolidayTable
from events_app.dates.spans import Span
from events_app.partnership.models import DECIDED, INCOMING
from events_app.partnership.rules import JOINT_SINCE, Partnership
from events_app.planning.errors import PlanYearError

FIRST_YEAR, LAST_YEAR = 1994, 2100
MEETING, JOINT_MEETING, CONFERENCE = "contact-group-meeting", "joint-meeting", "conference"
KINDS = (JOINT_MEETING, MEETING, CONFERENCE)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sort:
    """A sort of Partner event that is planned: the kind, and the keys of its groups."""

    kind: str
    groups: tuple[str, ...]

    @property
    def is_conference(self) -> bool:
        """Whether it takes two days and has a window."""
        return self.kind == CONFERENCE


@dataclass(frozen=True)
class PlannedDate:
    """One Partner event and its days; a conference without a last day takes two."""

    sort: Sort
    first: date
    last_day: date | None = None
    host: str | None = None

    @property
    def last(self) -> date:
        """The last day."""
        return self.last_day or (self.first + DAY if self.sort.is_conference else self.first)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of it."""
        return tuple(self.first + DAY * number for number in range((self.last - self.first).days + 1))


@dataclass(frozen=True)
class PlanFacts:
    """The facts of a year: `dates` are its confirmed or held Partner events, `earlier` those of the year before.

    `council` holds the real days of the Ministerial Council, as far as the calendar has them.
    """

    year: int
    partnership: Partnership
    holidays: HolidayTable
    dates: tuple[PlannedDate, ...] = ()
    earlier: tuple[PlannedDate, ...] = ()
    council: tuple[Span, ...] = ()

    @property
    def group_keys(self) -> tuple[str, ...]:
        """The groups that exist in the year, in their order."""
        groups = sorted(self.partnership.groups.values(), key=lambda group: group.position)
        return tuple(group.key for group in groups if group.since.year <= self.year)

    @property
    def has_joint(self) -> bool:
        """Whether the groups meet jointly in the year."""
        return self.year >= JOINT_SINCE.year

    @property
    def joint(self) -> Sort:
        """The joint meeting."""
        return Sort(JOINT_MEETING, self.group_keys)

    def rank(self, sort: Sort) -> tuple[int, int]:
        """Return the order of sorts on one day: joint, then by group, a meeting before the conference."""
        if len(sort.groups) != 1:
            return -1, 0
        return self.partnership.group(sort.groups[0]).position, int(sort.is_conference)

    def chair(self, group_key: str) -> str | None:
        """Return the State that chairs a group in the year as far as it is decided, whenever it was decided."""
        step = 1 if self.partnership.group(group_key).rule == INCOMING else -1
        entry = self.partnership.roster.get(self.year + step)
        return entry.state_code if entry and entry.status == DECIDED else None

    def chairs(self, sort: Sort) -> tuple[str, ...]:
        """Return the States that are known to chair a sort of event, in the groups' order."""
        return tuple(code for key in sort.groups if (code := self.chair(key)))


def checked_plan_year(year: int) -> int:
    """Return a year that can be planned; raises PlanYearError."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PlanYearError(year, FIRST_YEAR, LAST_YEAR)
    return year
