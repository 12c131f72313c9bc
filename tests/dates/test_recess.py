from datetime import date

import pytest

from events_app.dates.recess import in_recess, ministerial_week, usable_day


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2027, 1, 10), True),
        (date(2027, 1, 11), False),
        (date(2027, 8, 1), False),
        (date(2027, 8, 2), True),
        (date(2027, 8, 29), True),
        (date(2027, 8, 30), False),
        (date(2027, 12, 14), False),
        (date(2027, 12, 15), True),
    ],
)
def test_the_recess_covers_the_new_year_and_four_weeks_of_summer(day: date, answer: bool) -> None:
    assert in_recess(day) is answer


@pytest.mark.parametrize(
    ("year", "monday"),
    [(2024, date(2024, 12, 2)), (2026, date(2026, 11, 30)), (2027, date(2027, 11, 29)), (2028, date(2028, 12, 4))],
)
def test_the_ministerial_council_meets_around_the_first_thursday_of_december(year: int, monday: date) -> None:
    first, last = ministerial_week(year)
    assert first == monday
    assert (last - first).days == 6


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2027, 3, 2), True),
        (date(2027, 3, 6), False),
        (date(2027, 8, 10), False),
        (date(2027, 11, 29), False),
        (date(2027, 12, 6), True),
        (date(2027, 10, 26), True),
    ],
)
def test_usable_days_are_weekdays_outside_recess_and_ministerial_council(day: date, answer: bool) -> None:
    assert usable_day(day) is answer
