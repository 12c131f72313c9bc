from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events_app.dates.errors import SkippedTimeError, SpanError, UnknownZoneError
from events_app.dates.tz_file import zone_record
from events_app.dates.wall_time import day_bounds, instant_of, is_repeated, local_of
from events_app.dates.zones import zone_names

VIENNA = "Europe/Vienna"
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)

days = st.dates(date(1973, 1, 1), date(2100, 12, 31))
names = st.sampled_from(zone_names())


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def test_a_time_in_winter_is_one_hour_ahead_of_utc_in_vienna() -> None:
    assert instant_of(date(2027, 3, 2), time(15), VIENNA) == utc(2027, 3, 2, 14)


def test_an_instant_is_answered_in_utc() -> None:
    assert instant_of(date(2027, 7, 2), time(15), VIENNA).tzinfo is UTC


def test_a_time_inside_the_skipped_hour_is_refused() -> None:
    with pytest.raises(SkippedTimeError) as refusal:
        instant_of(SPRING, time(2, 30), VIENNA)
    assert (refusal.value.day, refusal.value.at, refusal.value.zone_name) == (SPRING, time(2, 30), VIENNA)


@pytest.mark.parametrize("fold", [0, 1])
def test_no_choice_makes_a_skipped_time_exist(fold: int) -> None:
    with pytest.raises(SkippedTimeError):
        instant_of(SPRING, time(2), VIENNA, fold)


def test_the_end_of_the_skipped_hour_exists() -> None:
    assert instant_of(SPRING, time(3), VIENNA) == utc(2027, 3, 28, 1)


def test_a_skipped_day_is_refused() -> None:
    with pytest.raises(SkippedTimeError):
        instant_of(date(2011, 12, 30), time(12), "Pacific/Apia")


def test_a_repeated_time_means_the_first_unless_the_second_is_chosen() -> None:
    assert instant_of(AUTUMN, time(2, 30), VIENNA) == utc(2027, 10, 31, 0, 30)
    assert instant_of(AUTUMN, time(2, 30), VIENNA, fold=1) == utc(2027, 10, 31, 1, 30)


@pytest.mark.parametrize(
    ("at", "answer"), [(time(1, 59), False), (time(2), True), (time(2, 59), True), (time(3), False)]
)
def test_only_times_inside_the_repeated_hour_are_repeated(at: time, answer: bool) -> None:
    assert is_repeated(AUTUMN, at, VIENNA) is answer


def test_a_skipped_time_is_not_repeated() -> None:
    assert not is_repeated(SPRING, time(2, 30), VIENNA)


def test_a_repeated_hour_reaches_back_over_midnight_in_cairo() -> None:
    assert is_repeated(date(2027, 10, 28), time(23, 30), "Africa/Cairo")
    assert not is_repeated(date(2027, 10, 29), time(0), "Africa/Cairo")


def test_a_year_out_of_range_is_refused() -> None:
    for day in (date.min, date(1972, 12, 31), date(2101, 1, 1), date.max):
        with pytest.raises(SpanError):
            instant_of(day, time(12), VIENNA)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(UnknownZoneError):
        local_of(utc(2027, 1, 1), "Europe/Atlantis")


@given(days, st.times(), names, st.sampled_from([0, 1]))
def test_an_instant_shows_the_local_time_it_was_made_of(day: date, at: time, name: str, fold: int) -> None:
    try:
        instant = instant_of(day, at, name, fold)
    except SkippedTimeError:
        return
    assert local_of(instant, name).replace(tzinfo=None) == datetime.combine(day, at)


def test_a_span_of_days_runs_from_midnight_to_midnight() -> None:
    assert day_bounds(date(2027, 3, 27), SPRING, VIENNA) == (utc(2027, 3, 26, 23), utc(2027, 3, 28, 22))


def test_a_day_without_midnight_begins_when_the_clocks_jump() -> None:
    start, end = day_bounds(SPRING, SPRING, "Asia/Beirut")
    assert (start, end) == (utc(2027, 3, 27, 22), utc(2027, 3, 28, 21))
    assert local_of(start, "Asia/Beirut").time() == time(1)


def test_clocks_that_skip_midnight_jump_at_midnight() -> None:
    for name in zone_names():
        for change in zone_record(name).changes:
            before, after = ((change.at + offset).replace(tzinfo=None) for offset in (change.before, change.after))
            midnight = datetime.combine(after.date(), time())
            assert change.at < utc(1973, 1, 1) or not before < midnight < after


def test_a_skipped_day_begins_and_ends_with_the_jump() -> None:
    # Samoa went from 29 to 31 December 2011.
    start, end = day_bounds(date(2011, 12, 30), date(2011, 12, 30), "Pacific/Apia")
    assert start == end == utc(2011, 12, 30, 10)


def test_a_day_with_two_midnights_begins_at_the_first() -> None:
    start, end = day_bounds(date(2025, 11, 2), date(2025, 11, 2), "America/Havana")
    assert (start, end - start) == (utc(2025, 11, 2, 4), timedelta(hours=25))


@given(days, names)
def test_days_follow_each_other_without_a_gap(day: date, name: str) -> None:
    start, end = day_bounds(day, day, name)
    assert timedelta(0) <= end - start <= timedelta(hours=26)
    assert local_of(start, name).date() >= day > local_of(start - timedelta(seconds=1), name).date()
