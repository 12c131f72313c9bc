"""Feasts: holidays of one name that a State keeps for several days in a row."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from events_app.dates.holiday_table import Holiday, HolidayTable
from events_app.planning.queries.holidays import holiday_table

DAY = timedelta(days=1)
LONGEST_FEAST = timedelta(days=10)


def feast_of(session: Session, state_code: str, day: date) -> list[Holiday]:
    """Return the holidays of a State around a day that are one feast with that day's, in order; none: it has none."""
    table = holiday_table(session, day - LONGEST_FEAST, day + LONGEST_FEAST, [state_code])
    return feast_in(table, state_code, day)


def feast_in(table: HolidayTable, state_code: str, day: date) -> list[Holiday]:
    """Return the holidays of a table that are one feast with a State's holiday on a day, in order."""
    known = table.by_state.get(state_code, {})
    if day not in known:
        return []
    first = last = day
    while is_same_feast(known.get(first - DAY), known[day]):
        first -= DAY
    while is_same_feast(known.get(last + DAY), known[day]):
        last += DAY
    return [known[first + DAY * number] for number in range((last - first).days + 1)]


def is_same_feast(other: Holiday | None, holiday: Holiday) -> bool:
    """Tell whether two holidays have one name; `Eid al-Adha Holiday` is a further day of `Eid al-Adha`."""
    return other is not None and other.name.removesuffix(" Holiday") == holiday.name.removesuffix(" Holiday")
