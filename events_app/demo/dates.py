"""Dates for an invented year: evenly spaced usable Tuesdays until there is a year plan."""

from collections.abc import Iterator
from datetime import date, timedelta

from events_app.dates.holidays import public_holiday
from events_app.dates.recess import ministerial_week, usable_day

TUESDAY, WEDNESDAY, THURSDAY = 1, 2, 3


def usable_tuesdays(year: int) -> list[date]:
    """Return the Tuesdays of a year on which meetings can be held in Vienna."""
    return [day for day in _weekdays(year, TUESDAY) if usable_day(day) and not public_holiday(day, "AT")]


def meeting_days(year: int) -> dict[str, list[date]]:
    """Return the days of six Mediterranean, six Asian meetings and one joint meeting, evenly spaced, one a week."""
    days = usable_tuesdays(year)
    step = len(days) / 13
    chosen = [days[int(step * n + step / 2)] for n in range(13)]
    rest = [day for n, day in enumerate(chosen) if n != 6]
    return {"joint": [chosen[6]], "mediterranean": rest[0::2], "asian": rest[1::2]}


def first_council(year: int) -> date:
    """Return the second Thursday of January, on which the Permanent Council starts."""
    return next(day for day in _weekdays(year, THURSDAY) if day >= date(year, 1, 8))


def first_forum(year: int) -> date:
    """Return the Wednesday of about 20 January, on which the Forum starts."""
    return next(day for day in _weekdays(year, WEDNESDAY) if day >= date(year, 1, 17))


def ministerial_days(year: int) -> tuple[date, date]:
    """Return the Thursday and Friday of the Ministerial Council."""
    monday, _ = ministerial_week(year)
    return monday + timedelta(days=3), monday + timedelta(days=4)


def conference_days(year: int, month: int) -> tuple[date, date]:
    """Return two days, a Monday and a Tuesday free of Austrian holidays, in the second half of a month."""
    for day in usable_tuesdays(year):
        monday = day - timedelta(days=1)
        if monday >= date(year, month, 15) and not public_holiday(monday, "AT"):
            return monday, day
    raise AssertionError("every autumn has a usable week")


def _weekdays(year: int, weekday: int) -> Iterator[date]:
    day = date(year, 1, 1) + timedelta(days=(weekday - date(year, 1, 1).weekday()) % 7)
    while day.year == year:
        yield day
        day += timedelta(days=7)
