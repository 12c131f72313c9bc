"""Orthodox Easter, by the Julian computus, in the civil calendar."""

from datetime import date, timedelta


def orthodox_easter(year: int) -> date:
    """Return Orthodox Easter Sunday of a year from 1583 on (after Meeus, Astronomical Algorithms, chapter 8)."""
    age = (19 * (year % 19) + 15) % 30
    to_sunday = (2 * (year % 4) + 4 * (year % 7) - age + 34) % 7
    month, day = divmod(age + to_sunday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=julian_lag(year))


def orthodox_good_friday(year: int) -> date:
    """Return the Friday before Orthodox Easter."""
    return orthodox_easter(year) - timedelta(days=2)


def julian_lag(year: int) -> int:
    """Return by how many days the Julian calendar is behind after February of a year."""
    return year // 100 - year // 400 - 2
