"""Public holidays of States, with their English names; the only import of the `holidays` package."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from types import MappingProxyType
from typing import Any

import holidays

from events_app.dates.errors import UnknownHolidaysError
from events_app.dates.holiday_table import Holiday

ESTIMATED = re.compile(r" \(estimated\)|, estimated(?=\))")

# Days on which Israel's offices work although the package lists them as optional.
WORKED_IN_ISRAEL = ("Hanukkah", "Sigd", "Lag BaOmer", "Ta'anit Ester", "Jerusalem Day")

# Where the national list alone is not what closes offices in the capital.
CHOICES: dict[str, dict[str, Any]] = {
    "AU": {"subdiv": "ACT"},
    "IL": {"categories": ("public", "optional")},
}


def public_holiday(day: date, state_code: str) -> str | None:
    """Return the English name of a State's public holiday on a day; raises UnknownHolidaysError."""
    return holidays_of_year(state_code, day.year).get(day)


def published_holidays(state_code: str, year: int) -> list[Holiday]:
    """Return a State's public holidays of a year as the package gives them; raises UnknownHolidaysError.

    What it marks as estimated, as moon-sighted feasts are, is told apart and its mark left out of the name.
    """
    return [
        Holiday(day, state_code, ESTIMATED.sub("", name), bool(ESTIMATED.search(name)))
        for day, name in holidays_of_year(state_code, year).items()
    ]


def is_weekend(day: date, state_code: str) -> bool:
    """Tell whether a day falls on a State's weekend, Friday and Saturday in some; raises UnknownHolidaysError."""
    return day.weekday() in _weekend(state_code, day.year)


def package_release() -> str:
    """Return the name and release of the package that holidays come from."""
    return f"holidays {version('holidays')}"


@lru_cache(maxsize=2048)
def holidays_of_year(state_code: str, year: int) -> Mapping[date, str]:
    """Return a State's public holidays of a year, in order, by date; raises UnknownHolidaysError."""
    choices = CHOICES.get(state_code, {})
    try:
        found = holidays.country_holidays(state_code, years=year, language="en_US", **choices)
    except NotImplementedError as error:
        raise UnknownHolidaysError(state_code) from error
    kept = {day: _kept(found[day], state_code) for day in sorted(found)}
    return MappingProxyType({day: name for day, name in kept.items() if name})


@lru_cache(maxsize=2048)
def _weekend(state_code: str, year: int) -> frozenset[int]:
    try:
        return frozenset(holidays.country_holidays(state_code, years=year).weekend)
    except NotImplementedError as error:
        raise UnknownHolidaysError(state_code) from error


def _kept(names: str, state_code: str) -> str:
    if state_code != "IL":
        return names
    return "; ".join(name for name in names.split("; ") if not name.startswith(WORKED_IN_ISRAEL))
