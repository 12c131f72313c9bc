"""What is asked of a plan: quota, hosts, pins, bans, windows, and dates that are announced already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from events_app.dates.spans import Span
from events_app.partnership.rules import JOINT, JOINT_SINCE, require_founded
from events_app.planning.errors import (
    KindWithoutGroupError,
    OutsidePlanYearError,
    PlanWindowError,
    QuotaError,
    TooManyPinsError,
    UnplannedKindError,
)
from events_app.planning.year_plan.facts import CONFERENCE, JOINT_MEETING, KINDS, MEETING, PlanFacts, PlannedDate, Sort
from events_app.planning.year_plan.weights import PlanRules, plan_rules

MOST_MEETINGS = 60


@dataclass(frozen=True)
class Wishes:
    """What is asked. Windows, hosts and quota by group; what is not named is as usual.

    `from_calendar` pins what the calendar holds; `announced` dates may move, each for `moving_cost` (None: as usual).
    """

    quota: Mapping[str, int] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)
    pins: tuple[PlannedDate, ...] = ()
    bans: frozenset[date] = frozenset()
    windows: Mapping[str, Span] = field(default_factory=dict)
    from_calendar: bool = False
    announced: tuple[PlannedDate, ...] = ()
    moving_cost: int | None = None


@dataclass(frozen=True)
class Programme:
    """A year's programme of work before it has dates: what is pinned, how many of each sort are free, and the rules."""

    facts: PlanFacts
    rules: PlanRules
    quota: Mapping[str, int]
    pins: tuple[PlannedDate, ...]
    free: Mapping[Sort, int]
    windows: Mapping[str, Span]
    hosts: Mapping[str, str]
    bans: frozenset[date]
    council: tuple[Span, ...]
    announced: tuple[PlannedDate, ...] = ()
    moving_cost: int = 0

    def host(self, sort: Sort) -> str | None:
        """Return the host State that was named for a conference."""
        return self.hosts.get(sort.groups[0]) if sort.is_conference else None


def sort_named(kind: str, group: str, facts: PlanFacts) -> Sort:
    """Return the sort that a kind and a group (or `joint`) name; raises what is wrong with them."""
    if kind not in KINDS:
        raise UnplannedKindError(kind, KINDS)
    if group != JOINT:
        facts.partnership.group(group)
    if (kind == JOINT_MEETING) != (group == JOINT):
        raise KindWithoutGroupError(kind, group)
    if group == JOINT:
        require_founded(JOINT, JOINT_SINCE, date(facts.year, 12, 31))
        return facts.joint
    return Sort(kind, (_known_group(group, facts),))


def programme_of(facts: PlanFacts, wishes: Wishes, rules: PlanRules | None = None) -> Programme:
    """Return what is to be planned; raises what is wrong with the wishes."""
    rules = rules or plan_rules()
    _check_names(facts, wishes)
    _check_days(facts, wishes)
    held = facts.dates if wishes.from_calendar else ()
    pins = _each_once((*held, *wishes.pins))
    quota = {key: _quota(key, facts, wishes, held) for key in facts.group_keys}
    return Programme(
        facts=facts,
        rules=rules,
        quota=quota,
        pins=pins,
        free=_free(facts, quota, pins, held),
        windows={key: wishes.windows.get(key) or rules.window(key, facts.year) for key in facts.group_keys},
        hosts=wishes.hosts,
        bans=wishes.bans,
        council=facts.council if wishes.from_calendar else (),
        announced=tuple(one for one in _each_once(wishes.announced) if one.first.year == facts.year),
        moving_cost=rules.weights["moved"] if wishes.moving_cost is None else wishes.moving_cost,
    )


def _check_names(facts: PlanFacts, wishes: Wishes) -> None:
    for key in (*wishes.quota, *wishes.hosts, *wishes.windows):
        _known_group(key, facts)
    for code in wishes.hosts.values():
        facts.partnership.state(code)
    for key, quota in wishes.quota.items():
        if not 0 <= quota <= MOST_MEETINGS:
            raise QuotaError(key, quota, MOST_MEETINGS)


def _check_days(facts: PlanFacts, wishes: Wishes) -> None:
    named = [("pin", pin.first) for pin in wishes.pins] + [("ban", day) for day in sorted(wishes.bans)]
    named += [("window", day) for window in wishes.windows.values() for day in window]
    for what, day in named:
        if day.year != facts.year:
            raise OutsidePlanYearError(what, day, facts.year)
    for key, (first, last) in wishes.windows.items():
        if last < first:
            raise PlanWindowError(key, first, last)


def _known_group(key: str, facts: PlanFacts) -> str:
    group = facts.partnership.group(key)
    require_founded(key, group.since, date(facts.year, 12, 31))
    return key


def _each_once(dates: tuple[PlannedDate, ...]) -> tuple[PlannedDate, ...]:
    """Return the dates without those that were named before: the calendar's own are named first."""
    return tuple({(one.sort, one.first): one for one in reversed(dates)}.values())[::-1]


def _quota(key: str, facts: PlanFacts, wishes: Wishes, held: tuple[PlannedDate, ...]) -> int:
    """Return the quota of a group; where none was asked, a calendar with more meetings than usual has more."""
    if key in wishes.quota:
        return wishes.quota[key]
    return max(facts.partnership.group(key).quota, _count(Sort(MEETING, (key,)), held))


def _free(
    facts: PlanFacts, quota: Mapping[str, int], pins: tuple[PlannedDate, ...], held: tuple[PlannedDate, ...]
) -> dict[Sort, int]:
    """Return how many of each sort have no date yet. The calendar may hold a second joint meeting; wishes may not."""
    sought = {Sort(MEETING, (key,)): quota[key] for key in facts.group_keys}
    single = [Sort(CONFERENCE, (key,)) for key in facts.group_keys] + [facts.joint] * facts.has_joint
    sought |= {sort: max(1, _count(sort, held)) for sort in single}
    for sort, most in sought.items():
        if _count(sort, pins) > most:
            raise TooManyPinsError(sort.kind, sort.groups, _count(sort, pins), most)
    return {sort: most - _count(sort, pins) for sort, most in sought.items()}


def _count(sort: Sort, dates: tuple[PlannedDate, ...]) -> int:
    return sum(one.sort == sort for one in dates)
