"""Adopted plans: their numbers, the dates in them, and the difference between two. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from events_app.planning.models import PlanVersion
from events_app.planning.year_plan import CONFERENCE, MEETING, YearPlan
from events_app.planning.year_plan.weights import PlanRules

RULES, EVENTS, ASKED = "rules", "events", "asked"


@dataclass(frozen=True)
class AdoptedDate:
    """An event as an adopted plan has it: kind, groups, when (plain values) and from when adopting moved it."""

    event_id: int
    kind: str
    groups: tuple[str, ...]
    when: Mapping[str, Any]
    moved_from: Mapping[str, Any] | None = None

    @property
    def starts_on(self) -> date:
        """The first day."""
        return date.fromisoformat(self.when["starts_on"])

    @property
    def ends_on(self) -> date:
        """The last day."""
        return date.fromisoformat(self.when["ends_on"])


@dataclass(frozen=True)
class Move:
    """An event that two plans have on different dates."""

    was: AdoptedDate
    now_is: AdoptedDate


@dataclass(frozen=True)
class Difference:
    """What one plan has that another has not."""

    moved: list[Move] = field(default_factory=list)
    added: list[AdoptedDate] = field(default_factory=list)
    dropped: list[AdoptedDate] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether both plans have the same events on the same dates."""
        return not (self.moved or self.added or self.dropped)


def next_number(last: PlanVersion | None, rules: Mapping[str, Any]) -> tuple[int, int]:
    """Return major and minor of the version after the last: a new major where quota, windows or hosts changed."""
    if last is None:
        return 1, 0
    return (last.major, last.minor + 1) if last.plan[RULES] == rules else (last.major + 1, 0)


def number_text(major: int, minor: int) -> str:
    """Return the number as people say it: `1`, `1.1`."""
    return f"{major}.{minor}" if minor else str(major)


def number_of(text: str) -> tuple[int, int] | None:
    """Return major and minor that a number names, or None if it is none."""
    major, dot, minor = text.partition(".")
    parts = [major, minor] if dot else [major]
    if not all(part.isascii() and part.isdigit() and len(part) < 6 and part[0] != "0" for part in parts):
        return None
    return int(major), int(minor) if dot else 0


def rules_of(plan: YearPlan, windows: Mapping[str, tuple[date, date]], rules: PlanRules) -> dict[str, Any]:
    """Return by which rules a plan was made, as it is kept: quota, windows and hosts by group."""
    keys = [spacing.group for spacing in plan.spacing]
    chosen = {key: windows.get(key) or rules.window(key, plan.year) for key in keys}
    hosts = {event.groups[0]: event.host for event in plan.events if event.kind == CONFERENCE and event.host}
    return {
        "quota": {key: sum((it.kind, it.groups) == (MEETING, (key,)) for it in plan.events) for key in keys},
        "windows": {key: [first.isoformat(), last.isoformat()] for key, (first, last) in chosen.items()},
        "hosts": hosts,
    }


def dates_of(plan: Mapping[str, Any]) -> list[AdoptedDate]:
    """Return the events of an adopted plan, in its order."""
    return [
        AdoptedDate(one["event_id"], one["kind"], tuple(one["groups"]), one["when"], one["moved_from"])
        for one in plan[EVENTS]
    ]


def difference(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Difference:
    """Return what changed from one adopted plan (None: none) to another, in the order of the later dates."""
    was = {one.event_id: one for one in dates_of(before)} if before else {}
    is_now = {one.event_id: one for one in dates_of(after)}
    found = Difference()
    for key, one in is_now.items():
        if key not in was:
            found.added.append(one)
        elif was[key].when != one.when:
            found.moved.append(Move(was[key], one))
    found.dropped.extend(one for key, one in was.items() if key not in is_now)
    return found
