"""Working days: Monday to Friday, without the public holidays of one State."""

from datetime import date, timedelta

from events_app.dates.holidays import public_holiday

SEAT = "AT"
DAY = timedelta(days=1)


def is_working_day(day: date, state_code: str = SEAT) -> bool:
    """Tell whether a State's offices work on a day."""
    return day.weekday() < 5 and public_holiday(day, state_code) is None


def working_day_on_or_before(day: date, state_code: str = SEAT) -> date:
    """Return the day itself if it is a working day, else the last one before it."""
    while not is_working_day(day, state_code):
        day -= DAY
    return day


def working_days_before(day: date, n: int, state_code: str = SEAT) -> date:
    """Return the n-th working day before a day, which itself does not count; 0 is the day."""
    return _counted(day, n, -DAY, state_code)


def working_days_after(day: date, n: int, state_code: str = SEAT) -> date:
    """Return the n-th working day after a day, which itself does not count; 0 is the day."""
    return _counted(day, n, DAY, state_code)


def _counted(day: date, n: int, step: timedelta, state_code: str) -> date:
    while n > 0:
        day += step
        n -= is_working_day(day, state_code)
    return day
