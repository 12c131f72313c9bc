"""When the Organization does not meet: the recess, and the week of the Ministerial Council."""

from datetime import date, timedelta

RECESS_WEEKS = range(31, 35)


def in_recess(day: date) -> bool:
    """Tell whether a day is before 11 January, after 14 December or in ISO weeks 31 to 34."""
    before, after = date(day.year, 1, 11), date(day.year, 12, 14)
    return day < before or day > after or day.isocalendar().week in RECESS_WEEKS


def ministerial_week(year: int) -> tuple[date, date]:
    """Return Monday and Sunday of the week of the first Thursday of December."""
    first = date(year, 12, 1)
    thursday = first + timedelta(days=(3 - first.weekday()) % 7)
    return thursday - timedelta(days=3), thursday + timedelta(days=3)


def usable_day(day: date) -> bool:
    """Tell whether a meeting may be placed on a day as far as weekday, recess and Ministerial Council go."""
    monday, sunday = ministerial_week(day.year)
    return day.weekday() < 5 and not in_recess(day) and not monday <= day <= sunday
