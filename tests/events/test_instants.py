"""When an event is: agreed on the clocks of its zone, kept as instants."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from events_app.events.actions.writing import change_event, create_event
from events_app.events.rules.details import details_of


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "zone", "start", "end"),
    [
        (date(2027, 3, 26), "Europe/Vienna", utc(2027, 3, 26, 9), utc(2027, 3, 26, 12)),
        (date(2027, 3, 29), "Europe/Vienna", utc(2027, 3, 29, 8), utc(2027, 3, 29, 11)),
        (date(2027, 10, 29), "Europe/Vienna", utc(2027, 10, 29, 8), utc(2027, 10, 29, 11)),
        (date(2027, 11, 1), "Europe/Vienna", utc(2027, 11, 1, 9), utc(2027, 11, 1, 12)),
        (date(2027, 3, 2), "Asia/Tokyo", utc(2027, 3, 2, 1), utc(2027, 3, 2, 4)),
        (date(2027, 3, 2), "Asia/Kabul", utc(2027, 3, 2, 5, 30), utc(2027, 3, 2, 8, 30)),
        (date(2027, 3, 2), "Australia/Sydney", utc(2027, 3, 1, 23), utc(2027, 3, 2, 2)),
    ],
)
def test_wall_time_becomes_instants_by_the_zone_of_the_event(make_event, day, zone, start, end):
    event = make_event(starts_on=day, time_zone=zone)
    assert (event.starts_at, event.ends_at) == (start, end)
    assert event.local_start_text() == f"{day}T10:00"


@pytest.mark.parametrize(("fold", "hour"), [(0, 0), (1, 1)])
def test_the_repeated_hour_is_the_one_that_was_chosen(make_event, fold, hour):
    event = make_event(starts_on=date(2027, 10, 31), start_time=time(2, 30), start_fold=fold, end_time=time(4))
    assert event.starts_at == utc(2027, 10, 31, hour, 30)


def test_an_event_may_lie_inside_the_repeated_hour_from_the_first_to_the_second(make_event):
    event = make_event(
        starts_on=date(2027, 10, 31), start_time=time(2, 30), end_time=time(2, 30), start_fold=0, end_fold=1
    )
    assert event.ends_at - event.starts_at == timedelta(hours=1)


@pytest.mark.parametrize(("day", "hours"), [(date(2027, 3, 28), 23), (date(2027, 10, 31), 25), (date(2027, 3, 2), 24)])
def test_a_whole_day_lasts_as_long_as_the_day(make_event, day, hours):
    event = make_event(starts_on=day, start_time=None, end_time=None)
    assert event.ends_at - event.starts_at == timedelta(hours=hours)
    assert event.is_all_day
    assert event.local_start_text() == str(day)


def test_several_days_end_when_the_last_one_does(make_event):
    event = make_event(
        kind_key="conference", starts_on=date(2027, 10, 30), ends_on=date(2027, 10, 31), start_time=None, end_time=None
    )
    assert (event.starts_at, event.ends_at) == (utc(2027, 10, 29, 22), utc(2027, 10, 31, 23))


def test_an_event_over_midnight_ends_on_the_next_day(make_event):
    event = make_event(ends_on=date(2027, 3, 3), start_time=time(22), end_time=time(1))
    assert event.ends_at - event.starts_at == timedelta(hours=3)


def test_another_zone_moves_the_instants_and_not_the_wall_time(session, make_event, clock):
    event = make_event()
    change_event(session, event, replace(details_of(event), time_zone="Asia/Tokyo"), event.version, clock.now())
    assert (event.start_time, event.starts_at) == (time(10), utc(2027, 3, 2, 1))


def test_the_last_day_of_the_calendar_can_be_used(session, details, clock):
    last = details(starts_on=date(2100, 12, 31), start_time=None, end_time=None)
    assert create_event(session, last, "localhost", clock.now()).ends_at == utc(2100, 12, 31, 23)
