"""Reading holidays as they hold: frozen years, what was corrected, and the package for all other years."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.dates.holiday_table import Holiday, HolidayTable, table_of
from events_app.dates.holidays import published_holidays
from events_app.partnership.models import State
from events_app.planning.models import HolidayCorrection, HolidayYear, StoredHoliday


def holiday_table(session: Session, first: date, last: date, state_codes: Iterable[str] | None = None) -> HolidayTable:
    """Return the holidays of States (None: all) in every year that a span of days touches, as corrected.

    A constant number of queries. The years beside are read too where the span comes within a day of them, so that
    neighbours of a day can be asked for.
    """
    codes = sorted(state_codes if state_codes is not None else session.scalars(select(State.code)))
    years = range(_year_before(first), _year_after(last) + 1)
    frozen = set(session.scalars(select(HolidayYear.year).where(HolidayYear.year.in_(years))))
    found = {(holiday.state_code, holiday.day): holiday for holiday in _stored(session, frozen, codes)}
    for year in set(years) - frozen:
        found |= {(h.state_code, h.day): h for code in codes for h in published_holidays(code, year)}
    return table_of(_corrected(session, found, years, codes).values())


def corrections_of(session: Session, year: int) -> list[HolidayCorrection]:
    """Return what was corrected of a year, by day and State."""
    rows = select(HolidayCorrection).where(HolidayCorrection.day.between(date(year, 1, 1), date(year, 12, 31)))
    return list(session.scalars(rows.order_by(HolidayCorrection.day, HolidayCorrection.state_code)))


def _stored(session: Session, years: set[int], codes: list[str]) -> Iterator[Holiday]:
    if not years:
        return
    span = StoredHoliday.day.between(date(min(years), 1, 1), date(max(years), 12, 31))
    rows = select(StoredHoliday.day, StoredHoliday.state_code, StoredHoliday.name, StoredHoliday.is_estimated)
    for row in session.execute(rows.where(span, StoredHoliday.state_code.in_(codes))):
        if row.day.year in years:
            yield Holiday(row.day, row.state_code, row.name, row.is_estimated)


def _corrected(
    session: Session, found: dict[tuple[str, date], Holiday], years: range, codes: list[str]
) -> dict[tuple[str, date], Holiday]:
    span = HolidayCorrection.day.between(date(years[0], 1, 1), date(years[-1], 12, 31))
    for row in session.scalars(select(HolidayCorrection).where(span, HolidayCorrection.state_code.in_(codes))):
        found.pop((row.state_code, row.day), None)
        if row.name:
            found[row.state_code, row.day] = Holiday(row.day, row.state_code, row.name, row.is_estimated)
    return found


def _year_before(day: date) -> int:
    return day.year - 1 if (day.month, day.day) == (1, 1) else day.year


def _year_after(day: date) -> int:
    return day.year + 1 if (day.month, day.day) == (12, 31) else day.year
