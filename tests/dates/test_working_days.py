from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events_app.dates.errors import UnknownHolidaysError
from events_app.dates.holidays import holidays_of_year, public_holiday, published_holidays
from events_app.dates.working_days import (
    is_working_day,
    working_day_on_or_before,
    working_days_after,
    working_days_before,
)

NATIONAL_DAY = date(2027, 10, 26)
days = st.dates(date(1995, 1, 1), date(2050, 12, 31))


def test_a_public_holiday_has_an_english_name() -> None:
    assert public_holiday(NATIONAL_DAY, "AT") == "National Day"
    assert public_holiday(NATIONAL_DAY, "DE") is None


def test_holidays_that_follow_the_moon_are_estimated() -> None:
    estimated = {holiday.day: holiday.is_estimated for holiday in published_holidays("JO", 2027)}
    assert estimated[date(2027, 3, 9)]
    assert not estimated[date(2027, 5, 1)]
    assert date(2027, 3, 8) not in estimated


def test_canberra_counts_for_australia() -> None:
    assert public_holiday(date(2027, 3, 8), "AU") == "Canberra Day"


def test_optional_days_on_which_offices_close_count_for_israel() -> None:
    names = "; ".join(holidays_of_year("IL", 2027).values())
    assert "Purim" in names
    assert "Jerusalem Day" not in names
    assert "Sigd" not in names


def test_a_state_without_known_holidays_is_refused() -> None:
    with pytest.raises(UnknownHolidaysError):
        public_holiday(NATIONAL_DAY, "ZZ")


def test_holidays_of_a_year_are_in_order() -> None:
    found = holidays_of_year("AT", 2027)
    assert list(found) == sorted(found)
    assert {day.year for day in found} == {2027}


@pytest.mark.parametrize(
    ("day", "answer"),
    [(NATIONAL_DAY, False), (date(2027, 10, 25), True), (date(2027, 10, 23), False), (date(2027, 10, 24), False)],
)
def test_weekends_and_holidays_are_not_working_days(day: date, answer: bool) -> None:
    assert is_working_day(day) is answer


def test_another_state_works_on_the_austrian_national_day() -> None:
    assert is_working_day(NATIONAL_DAY, "FR")


def test_a_holiday_after_a_weekend_moves_back_to_friday() -> None:
    assert working_day_on_or_before(date(2027, 3, 29)) == date(2027, 3, 26)


def test_a_working_day_stays_where_it_is() -> None:
    assert working_day_on_or_before(date(2027, 3, 26)) == date(2027, 3, 26)


def test_counting_steps_over_weekends_and_holidays() -> None:
    assert working_days_before(date(2027, 10, 27), 2) == date(2027, 10, 22)
    assert working_days_after(date(2027, 10, 22), 2) == date(2027, 10, 27)


def test_nothing_counted_is_the_day_itself() -> None:
    assert working_days_before(NATIONAL_DAY, 0) == NATIONAL_DAY == working_days_after(NATIONAL_DAY, 0)


@given(days, st.integers(1, 30))
def test_counting_there_and_back_returns_to_a_working_day(day: date, n: int) -> None:
    start = working_day_on_or_before(day)
    assert working_days_before(working_days_after(start, n), n) == start
