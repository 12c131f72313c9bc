"""Public holidays as they hold: a table that questions are asked of, whatever it was made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Holiday:
    """One public holiday of one State, with its English name; estimated: the moon or a decree may still move it."""

    day: date
    state_code: str
    name: str
    is_estimated: bool = False


@dataclass(frozen=True)
class HolidayTable:
    """The holidays of some States in some years, by State and day."""

    by_state: Mapping[str, Mapping[date, Holiday]] = field(default_factory=dict)

    def on(self, state_code: str, day: date) -> Holiday | None:
        """Return a State's holiday on a day."""
        return self.by_state.get(state_code, {}).get(day)

    def estimated_beside(self, state_code: str, day: date) -> Holiday | None:
        """Return a State's estimated holiday on the day before or after a day."""
        beside = (self.on(state_code, day - DAY), self.on(state_code, day + DAY))
        return next((found for found in beside if found and found.is_estimated), None)

    def between(self, first: date, last: date, state_codes: Iterable[str] | None = None) -> list[Holiday]:
        """Return the holidays of States (None: all that are known) in a span, both days included, in order."""
        codes = self.by_state if state_codes is None else state_codes
        found = (holiday for code in codes for holiday in self.by_state.get(code, {}).values())
        return sorted(holiday for holiday in found if first <= holiday.day <= last)


def table_of(holidays: Iterable[Holiday]) -> HolidayTable:
    """Return the table of some holidays; of two on one day the later given counts."""
    by_state: dict[str, dict[date, Holiday]] = {}
    for holiday in holidays:
        by_state.setdefault(holiday.state_code, {})[holiday.day] = holiday
    return HolidayTable(by_state)
