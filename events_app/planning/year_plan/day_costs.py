"""What a day costs an event, by name: holidays, weekends, Ramadan; and what would forbid it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from events_app.dates.holiday_table import Holiday
from events_app.dates.holidays import is_weekend
from events_app.dates.working_days import SEAT
from events_app.planning.year_plan.facts import PlannedDate, Sort
from events_app.planning.year_plan.weeks import WEEKEND, monday_of, why_unusable
from events_app.planning.year_plan.wishes import Programme

HOLIDAY, ESTIMATED_BESIDE, RAMADAN = "holiday", "estimated-beside", "ramadan"
PARTICIPATING_HOLIDAY = "participating-holiday"
SEAT_HOLIDAY, CHAIR_HOLIDAY, HOST_HOLIDAY, HOST_WEEKEND = (
    "seat-holiday",
    "chair-holiday",
    "host-holiday",
    "host-weekend",
)
COUNCIL_DAYS = {2: "forum", 3: "permanent-council"}
OUTSIDE_WINDOW, TWO_WEEKS = "outside-window", "two-weeks"


@dataclass(frozen=True)
class Conflict:
    """One thing that a date meets: what, in which State, the holiday's name and day, and what it costs."""

    what: str
    state: str | None
    name: str | None
    day: date
    weight: int


class DayCosts:
    """The costs of days under one programme."""

    def __init__(self, programme: Programme) -> None:
        self._programme, self._facts = programme, programme.facts
        self._weights = programme.rules.weights
        self._holidays = programme.facts.holidays
        self._participating: dict[date, tuple[Conflict, ...]] = {}
        self._partners: dict[tuple[tuple[str, ...], date], list[str]] = {}

    def conflicts(self, one: PlannedDate) -> tuple[Conflict, ...]:
        """Return what the days of an event meet, whether or not they are forbidden to it."""
        return tuple(conflict for day in one.days for conflict in self._on(one.sort, day))

    def cost(self, one: PlannedDate) -> int:
        """Return what the days of an event cost together."""
        return sum(conflict.weight for conflict in self.conflicts(one))

    def forbidding(self, one: PlannedDate) -> tuple[Conflict, ...]:
        """Return every reason that forbids an event its days, each with what it costs where the date is pinned."""
        return tuple(self._forbidding(one))

    def is_forbidden(self, one: PlannedDate) -> bool:
        """Tell whether anything forbids an event its days."""
        return next(self._forbidding(one), None) is not None

    def _forbidding(self, one: PlannedDate) -> Iterator[Conflict]:
        if one.sort.is_conference:
            first, last = self._programme.windows[one.sort.groups[0]]
            if not first <= one.first <= last:
                yield self._forbidden(OUTSIDE_WINDOW, one.first)
            if monday_of(one.first) != monday_of(one.last):
                yield self._forbidden(TWO_WEEKS, one.last)
        for day in one.days:
            yield from self._forbidding_day(one.sort, day, one.host or self._programme.host(one.sort))

    def _forbidding_day(self, sort: Sort, day: date, host: str | None) -> Iterator[Conflict]:
        if why := why_unusable(day, self._programme.council, self._programme.bans):
            yield self._forbidden(why, day)
        yield from self._closed(SEAT_HOLIDAY, SEAT, day)
        for chair in self._facts.chairs(sort):
            yield from self._closed(CHAIR_HOLIDAY, chair, day)
        if sort.is_conference and host:
            yield from self._closed(HOST_HOLIDAY, host, day)
            if is_weekend(day, host):
                yield self._forbidden(HOST_WEEKEND, day, host)
        if not sort.is_conference and day.weekday() in COUNCIL_DAYS:
            yield self._forbidden(COUNCIL_DAYS[day.weekday()], day)

    def _on(self, sort: Sort, day: date) -> Iterator[Conflict]:
        for code in self._partners_on(sort.groups, day):
            yield from self._of_partner(code, day)
        yield from self._participating_on(day)
        if sort.is_conference and day.weekday() in COUNCIL_DAYS:
            yield Conflict(COUNCIL_DAYS[day.weekday()], None, None, day, self._weights["council-day"])

    def _of_partner(self, code: str, day: date) -> Iterator[Conflict]:
        if holiday := self._holidays.on(code, day):
            yield self._met(HOLIDAY, holiday, self._weights["holiday"])
        elif beside := self._holidays.estimated_beside(code, day):
            yield self._met(ESTIMATED_BESIDE, beside, self._weights["estimated-beside"])
        if is_weekend(day, code):
            yield Conflict(WEEKEND, code, None, day, self._weights["weekend"])
        if code in self._programme.rules.ramadan.kept_in and day in self._ramadan:
            yield Conflict(RAMADAN, code, None, day, self._weights["ramadan"])

    def _participating_on(self, day: date) -> tuple[Conflict, ...]:
        if day not in self._participating:
            found = (self._holidays.on(code, day) for code in self._facts.partnership.participating(day))
            weight = self._weights["participating-holiday"]
            self._participating[day] = tuple(self._met(PARTICIPATING_HOLIDAY, one, weight) for one in found if one)
        return self._participating[day]

    def _partners_on(self, groups: tuple[str, ...], day: date) -> list[str]:
        if (groups, day) not in self._partners:
            self._partners[groups, day] = self._facts.partnership.partners(groups, day)
        return self._partners[groups, day]

    @cached_property
    def _ramadan(self) -> set[date]:
        rule = self._programme.rules.ramadan
        known = self._holidays.by_state.get(rule.state_code, {}).values()
        starts = [holiday.day for holiday in known if rule.name in holiday.name]
        return {start + timedelta(days=number) for start in starts for number in range(rule.days)}

    def _closed(self, what: str, code: str, day: date) -> Iterator[Conflict]:
        if holiday := self._holidays.on(code, day):
            yield self._met(what, holiday, self._weights["forbidden"])

    def _forbidden(self, what: str, day: date, state: str | None = None) -> Conflict:
        return Conflict(what, state, None, day, self._weights["forbidden"])

    def _met(self, what: str, holiday: Holiday, weight: int) -> Conflict:
        return Conflict(what, holiday.state_code, holiday.name, holiday.day, weight)
