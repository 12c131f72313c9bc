"""Quiet hours: until when a letter waits, over midnight and on days on which clocks change."""

from datetime import UTC, date, datetime, time

import pytest

from events_app.people.models import Person
from events_app.reminders.quiet import QuietHours, end_of_quiet, quiet_hours_of, reading_zone, wall_instant

VIENNA, NEW_YORK, TOKYO = "Europe/Vienna", "America/New_York", "Asia/Tokyo"


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "instant", "end"),
    [
        (VIENNA, utc(2027, 1, 12, 20, 59), None),
        (VIENNA, utc(2027, 1, 12, 21), utc(2027, 1, 13, 6)),
        (VIENNA, utc(2027, 1, 13, 5, 59), utc(2027, 1, 13, 6)),
        (VIENNA, utc(2027, 1, 13, 6), None),
        (TOKYO, utc(2027, 1, 12, 13), utc(2027, 1, 12, 22)),
        (NEW_YORK, utc(2027, 1, 13, 8), utc(2027, 1, 13, 12)),
    ],
)
def test_a_night_ends_on_the_next_morning_of_its_own_clocks(zone, instant, end):
    assert end_of_quiet(QuietHours(time(22), time(7), zone), instant) == end


def test_hours_within_a_day_end_on_that_day():
    lunch = QuietHours(time(12), time(14), VIENNA)
    assert end_of_quiet(lunch, utc(2027, 1, 12, 11, 30)) == utc(2027, 1, 12, 13)
    assert end_of_quiet(lunch, utc(2027, 1, 12, 13)) is None


@pytest.mark.parametrize(
    ("instant", "end"),
    [
        (utc(2027, 3, 27, 22), utc(2027, 3, 28, 5)),  # clocks go forward: an hour shorter
        (utc(2027, 10, 30, 21), utc(2027, 10, 31, 6)),  # and back: an hour longer
    ],
)
def test_a_night_in_which_clocks_change_ends_at_the_same_hour(instant, end):
    assert end_of_quiet(QuietHours(time(22), time(7), VIENNA), instant) == end


def test_an_end_that_is_skipped_comes_by_the_clock_before_the_jump():
    night = QuietHours(time(22), time(2, 30), VIENNA)
    assert end_of_quiet(night, utc(2027, 3, 28, 0, 59)) == utc(2027, 3, 28, 1, 30)
    assert end_of_quiet(night, utc(2027, 3, 28, 1)) is None


def test_an_end_that_happens_twice_is_the_second():
    night = QuietHours(time(22), time(2, 30), VIENNA)
    assert end_of_quiet(night, utc(2027, 10, 30, 22)) == utc(2027, 10, 31, 1, 30)
    assert end_of_quiet(night, utc(2027, 10, 31, 1, 29)) == utc(2027, 10, 31, 1, 30)


def test_a_local_time_always_has_an_instant():
    assert wall_instant(date(2027, 3, 28), time(2, 30), VIENNA) == utc(2027, 3, 28, 1, 30)
    assert wall_instant(date(2027, 10, 31), time(2, 30), VIENNA) == utc(2027, 10, 31, 1, 30)
    assert wall_instant(date(2027, 7, 1), time(8), TOKYO) == utc(2027, 6, 30, 23)


def test_who_has_only_one_side_has_no_quiet_hours():
    assert quiet_hours_of(Person(quiet_from=time(22), time_zone=VIENNA)) is None
    assert quiet_hours_of(Person(quiet_until=time(7), time_zone=VIENNA)) is None
    both = quiet_hours_of(Person(quiet_from=time(22), quiet_until=time(7), time_zone=TOKYO))
    assert both == QuietHours(time(22), time(7), TOKYO)


def test_who_reads_in_a_zone_that_is_gone_reads_in_vienna():
    assert reading_zone(Person(time_zone="Mars/Phobos")) == VIENNA
