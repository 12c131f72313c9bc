"""The weights, windows and limits of the year plan, read from `events_app/data/planning.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from events_app.planning.year_plan.board import ChainRules
from events_app.shared.datafile import DATA, Row, toml_rows

FILE = "planning.toml"
WEIGHTS = (
    "holiday", "estimated-beside", "weekend", "ramadan", "participating-holiday", "council-day", "forbidden", "moved",
)  # fmt: skip

DayOfYear = tuple[int, int]


@dataclass(frozen=True)
class Ramadan:
    """How long it is, by which holiday of which State its beginning is known, and where it is kept."""

    days: int
    name: str
    state_code: str
    kept_in: tuple[str, ...]


@dataclass(frozen=True)
class PlanRules:
    """Everything that the year plan weighs and keeps; windows and habits by group."""

    weights: Mapping[str, int]
    chain: ChainRules
    windows: Mapping[str, tuple[DayOfYear, DayOfYear]]
    habits: Mapping[str, tuple[int, ...]]
    joint_habit: int
    ramadan: Ramadan

    def window(self, group_key: str, year: int) -> tuple[date, date]:
        """Return the first and last day on which a group's conference usually begins."""
        first, last = self.windows[group_key]
        return date(year, *first), date(year, *last)


@lru_cache(maxsize=4)
def plan_rules(folder: Path = DATA) -> PlanRules:
    """Return the rules in the file; raises DataFileError."""
    groups = {row.text("key"): row for row in toml_rows(FILE, "group", folder)}
    weights = {name: _only("weight", folder).read(name, _count) for name in WEIGHTS}
    return PlanRules(
        weights,
        _chain(_only("chain", folder), weights["forbidden"]),
        {key: (_day(row, "window_first"), _day(row, "window_last")) for key, row in groups.items()},
        {key: row.read("habit", _months) for key, row in groups.items()},
        _only("joint", folder).read("habit", lambda month: _months([month])[0]),
        _ramadan(_only("ramadan", folder)),
    )


def _only(table: str, folder: Path) -> Row:
    first, *others = toml_rows(FILE, table, folder)
    if others:
        raise others[0].refused(f"[[{table}]] is there twice")
    return first


def _chain(row: Row, forbidden: int) -> ChainRules:
    first_by, least, most, gap = (row.read(name, _count) for name in ("first_by", "least", "most", "gap"))
    return ChainRules(first_by, least, most, gap, late_first=forbidden)


def _ramadan(row: Row) -> Ramadan:
    return Ramadan(row.read("days", _count), row.text("name"), row.text("state"), row.read("kept_in", tuple))


def _day(row: Row, name: str) -> DayOfYear:
    # A year without 29 February: what a window names must exist in every year.
    found = row.read(name, lambda text: date.fromisoformat(f"2001-{text}"))
    return found.month, found.day


def _months(value: Any) -> tuple[int, ...]:
    return tuple(date(2001, month, 1).month for month in value)


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(value)
    return value
