from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events_app.dates import spans
from events_app.dates.errors import SpanError

months = st.tuples(st.integers(1973, 2100), st.integers(1, 12))


def test_a_month_is_read_as_written_in_addresses() -> None:
    assert spans.month_of("2027-03") == (2027, 3)


@pytest.mark.parametrize(
    "text", ["", "2027", "2027-3", "2027-00", "2027-13", "2027-03-01", "2027-03\n", "２０２７-03", "1972-12", "2101-01"]
)
def test_anything_else_is_no_month(text: str) -> None:
    with pytest.raises(SpanError) as refusal:
        spans.month_of(text)
    assert refusal.value.value in (text, 1972, 2101)


@pytest.mark.parametrize("text", ["", "27", "02027", "1972", "2101", "20x7", "-027"])
def test_anything_but_four_digits_in_range_is_no_year(text: str) -> None:
    with pytest.raises(SpanError):
        spans.year_of(text)


def test_a_year_runs_from_january_to_december() -> None:
    assert spans.year_span(spans.year_of("2027")) == (date(2027, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(("year", "last"), [(2027, 28), (2028, 29), (2100, 28)])
def test_february_ends_as_the_leap_years_say(year: int, last: int) -> None:
    assert spans.month_span(year, 2) == (date(year, 2, 1), date(year, 2, last))


@pytest.mark.parametrize("month", [(2027, 0), (2027, 13), (1972, 12), (2101, 1)])
def test_a_month_that_is_none_has_no_span(month: tuple[int, int]) -> None:
    with pytest.raises(SpanError):
        spans.month_span(*month)


def test_months_follow_each_other_over_the_new_year() -> None:
    assert spans.next_month(2027, 12) == (2028, 1)
    assert spans.previous_month(2028, 1) == (2027, 12)


def test_the_calendar_has_a_first_and_a_last_month() -> None:
    with pytest.raises(SpanError):
        spans.previous_month(1973, 1)
    with pytest.raises(SpanError):
        spans.next_month(2100, 12)


@given(months)
def test_the_month_before_the_next_is_the_same(month: tuple[int, int]) -> None:
    if month != (2100, 12):
        assert spans.previous_month(*spans.next_month(*month)) == month


def test_months_between_two_days_include_both_ends() -> None:
    assert spans.months_between(date(2027, 11, 30), date(2028, 1, 1)) == [(2027, 11), (2027, 12), (2028, 1)]
    assert spans.months_between(date(2028, 1, 1), date(2027, 11, 30)) == []


def test_a_year_has_twelve_months() -> None:
    assert spans.months_of_year(2027) == [(2027, month) for month in range(1, 13)]


def test_the_weeks_of_a_month_start_on_monday_and_cover_it() -> None:
    weeks = spans.weeks_of_month(2027, 3)
    assert [week[0] for week in weeks] == [date(2027, 3, day) for day in (1, 8, 15, 22, 29)]
    assert weeks[-1][-1] == date(2027, 4, 4)


@given(months)
def test_every_day_of_a_month_is_in_its_weeks_once(month: tuple[int, int]) -> None:
    weeks = spans.weeks_of_month(*month)
    days = [day for week in weeks for day in week if (day.year, day.month) == month]
    assert days == spans.days_between(*spans.month_span(*month))
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in weeks)


def test_a_window_of_thirteen_months_steps_on_the_first() -> None:
    assert spans.first_of_month_before(date(2027, 3, 31), 13) == date(2026, 2, 1)
    assert spans.first_of_month_before(date(2027, 3, 31), 0) == date(2027, 3, 1)
    assert spans.first_of_month_before(date(2027, 4, 1), 13) == date(2026, 3, 1)


def test_a_week_belongs_to_the_year_of_its_thursday() -> None:
    assert spans.week_of(date(2027, 1, 1)) == (2026, 53)
    assert spans.week_span(2026, 53) == (date(2026, 12, 28), date(2027, 1, 3))


def test_only_some_years_have_a_week_53() -> None:
    assert (spans.weeks_in_year(2026), spans.weeks_in_year(2027)) == (53, 52)
    with pytest.raises(SpanError):
        spans.week_span(2027, 53)


@given(st.dates(date(1974, 1, 1), date(2100, 12, 31)))
def test_a_day_lies_in_the_span_of_its_week(day: date) -> None:
    monday, sunday = spans.week_span(*spans.week_of(day))
    assert monday <= day <= sunday
