"""When a reminder fires and how long it is worth sending: local mornings, working days, one letter where rules meet."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events_app.dates.wall_time import local_of
from events_app.dates.working_days import is_working_day
from events_app.events.rules.details import AgendaPoint
from events_app.reminders.rules import CONTACT_POINTS, ORGANISERS, Due, days_for, fires_at, reminders_due


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_organisers_hear_14_2_and_1_days_before_contact_points_14_and_2(make_event):
    for changes in ({}, {"kind_key": "joint-meeting", "group_keys": ("mediterranean", "asian")}):
        event = make_event(**changes)
        assert days_for(event, ORGANISERS) == (14, 2, 1)
        assert days_for(event, CONTACT_POINTS) == (14, 2)
    assert days_for(make_event(kind_key="forum", group_keys=()), ORGANISERS) == ()


@pytest.mark.parametrize(
    ("day", "zone", "days", "expected"),
    [
        (date(2027, 3, 2), "Europe/Vienna", 14, utc(2027, 2, 16, 8)),
        (date(2027, 3, 2), "Europe/Vienna", 2, utc(2027, 2, 26, 8)),  # Sunday, so Friday
        (date(2027, 3, 2), "Europe/Vienna", 1, utc(2027, 3, 1, 8)),
        (date(2027, 3, 2), "Asia/Tokyo", 1, utc(2027, 3, 1, 0)),
        (date(2027, 3, 2), "Asia/Kabul", 1, utc(2027, 3, 1, 4, 30)),
        (date(2027, 1, 8), "Europe/Vienna", 2, utc(2027, 1, 5, 8)),  # Epiphany, so the day before
        (date(2027, 1, 8), "Asia/Amman", 2, utc(2027, 1, 5, 6)),  # Vienna's holidays count, not the host's
        (date(2027, 4, 6), "Europe/Vienna", 14, utc(2027, 3, 23, 8)),  # before the clocks change
        (date(2027, 3, 30), "Europe/Vienna", 1, utc(2027, 3, 26, 8)),  # Easter Monday, so Friday
        (date(2027, 11, 2), "Europe/Vienna", 1, utc(2027, 10, 29, 7)),  # All Saints', so Friday
        (date(2027, 11, 3), "Europe/Vienna", 1, utc(2027, 11, 2, 8)),
    ],
)
def test_a_reminder_fires_at_nine_in_the_events_zone_on_a_vienna_working_day(make_event, day, zone, days, expected):
    assert fires_at(make_event(starts_on=day, time_zone=zone), days) == expected


def test_each_reminder_is_valid_until_the_next_and_the_last_until_the_start(make_event):
    event = make_event()
    first, second, third = utc(2027, 2, 16, 8), utc(2027, 2, 26, 8), utc(2027, 3, 1, 8)
    assert reminders_due(event, (14, 2, 1)) == [
        Due(14, first, second), Due(2, second, third), Due(1, third, event.starts_at),
    ]  # fmt: skip
    assert reminders_due(event, (14, 2)) == [Due(14, first, second), Due(2, second, event.starts_at)]


def test_rules_that_fall_together_make_one_letter_the_nearest(make_event):
    event = make_event(starts_on=date(2027, 3, 8))
    friday = utc(2027, 3, 5, 8)
    assert [(due.days, due.fires_at) for due in reminders_due(event, (14, 2, 1))] == [
        (14, utc(2027, 2, 22, 8)), (1, friday),
    ]  # fmt: skip


def test_an_agenda_does_not_move_a_reminder(make_event):
    plain = make_event()
    full = make_event(agenda=(AgendaPoint(date(2027, 3, 2), time(10), "Opening"),))
    assert reminders_due(plain, (2,))[0].fires_at == reminders_due(full, (2,))[0].fires_at


@given(
    day=st.dates(date(2026, 12, 1), date(2036, 12, 31)),
    zone=st.sampled_from(["Europe/Vienna", "Asia/Tokyo", "Africa/Cairo", "Australia/Sydney", "America/New_York"]),
    hour=st.integers(0, 22),
)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_reminders_come_in_order_on_working_mornings_before_the_start(unsaved_event, day, zone, hour):
    event = unsaved_event(day, time(hour), zone)
    found = reminders_due(event, (14, 2, 1))
    assert found[0].days == 14
    assert found[-1].days == 1
    assert found[-1].valid_until == event.starts_at
    for due in found:
        local = local_of(due.fires_at, zone)
        assert local.time() == time(9)
        assert is_working_day(local.date())
        assert due.fires_at < due.valid_until
        assert timedelta() <= event.starts_on - timedelta(days=due.days) - local.date() <= timedelta(days=6)
    assert [due.valid_until for due in found[:-1]] == [due.fires_at for due in found[1:]]
