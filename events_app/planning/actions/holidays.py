"""Taking over the holidays of a year, once, so that a later release of their source moves nothing."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.dates.holidays import package_release, published_holidays
from events_app.partnership.models import State
from events_app.planning.models import HolidayYear, StoredHoliday

YEARS_AHEAD = 4


def freeze_holidays(session: Session, now: datetime) -> list[int]:
    """Freeze last year and the years that are being planned, as far as they are not yet, and return which were new."""
    wanted = range(now.year - 1, now.year + YEARS_AHEAD + 1)
    known = set(session.scalars(select(HolidayYear.year)))
    new = [year for year in wanted if year not in known]
    codes = list(session.scalars(select(State.code).order_by(State.code)))
    for year in new:
        session.add(HolidayYear(year=year, frozen_at=now, source=package_release()))
        session.add_all(_rows(codes, year))
    session.flush()
    return new


def _rows(codes: list[str], year: int) -> list[StoredHoliday]:
    return [
        StoredHoliday(state_code=code, day=holiday.day, name=holiday.name[:300], is_estimated=holiday.is_estimated)
        for code in codes
        for holiday in published_holidays(code, year)
    ]
