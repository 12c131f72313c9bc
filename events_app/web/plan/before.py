"""The dates of the plan before the last wish, in a few signs of an address, and what has changed since."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from events_app.planning.plan_adoption import sort_of
from events_app.planning.year_plan import PlannedEvent, Sort, YearPlan

SHAPE = re.compile(r"[0-9]{1,9}(?:-[a-z]+(?:\.[0-9]{1,3}){1,60}){1,5}")
LETTERS = {"joint-meeting": "j", "contact-group-meeting": "m", "conference": "c"}


@dataclass(frozen=True)
class Before:
    """What a plan cost, and its first days by sort of event (`ma`: meetings of the Asian group)."""

    cost: int
    days: dict[str, tuple[date, ...]]


@dataclass(frozen=True)
class Changed:
    """What moved: planned events with the day before (None: it is new), and the days of events that are gone."""

    moved: dict[int, date | None]
    gone: tuple[tuple[str, date], ...]


def written(plan: YearPlan) -> str:
    """Return a plan's cost and dates as the day's number in the year: `37-j.158-mm.33.75-ca.173`."""
    days: dict[str, list[int]] = {}
    for event in plan.events:
        days.setdefault(_letter(sort_of(event)), []).append(event.starts_on.timetuple().tm_yday)
    return "-".join([str(plan.cost), *(".".join([letter, *map(str, found)]) for letter, found in days.items())])


def read(text: str, year: int) -> Before | None:
    """Return what was written of a plan of a year; None if nothing or something else was."""
    if len(text) > 600 or not SHAPE.fullmatch(text):
        return None
    cost, *sorts = text.split("-")
    first = date(year, 1, 1)
    days = {}
    for sort in sorts:
        letter, *numbers = sort.split(".")
        days[letter] = tuple(first + timedelta(days=int(number) - 1) for number in numbers)
    return Before(int(cost), days)


def changed(before: Before, plan: YearPlan) -> Changed:
    """Return what a plan has that the one before had not: days that are gone and new are paired in their order."""
    sorts: dict[str, list[PlannedEvent]] = {}
    for event in plan.events:
        sorts.setdefault(_letter(sort_of(event)), []).append(event)
    moved: dict[int, date | None] = {}
    gone: list[tuple[str, date]] = []
    for letter in {**sorts, **before.days}:
        old = [day for day in before.days.get(letter, ()) if day not in [it.starts_on for it in sorts.get(letter, ())]]
        new = [it for it in sorts.get(letter, ()) if it.starts_on not in before.days.get(letter, ())]
        moved |= {id(it): old[number] if number < len(old) else None for number, it in enumerate(new)}
        gone += [(letter, day) for day in old[len(new) :]]
    return Changed(moved, tuple(gone))


def _letter(sort: Sort) -> str:
    return LETTERS[sort.kind] + ("" if len(sort.groups) > 1 else sort.groups[0][0])
