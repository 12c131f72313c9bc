"""Weekly meetings: events of their own that share a series."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import func, select

from events_app.events.actions.writing import change_event, create_weekly_series
from events_app.events.errors import InvalidEventError, Problem
from events_app.events.models import Event, Series
from events_app.events.rules.details import details_of

WEEK = timedelta(weeks=1)
FIRST = date(2027, 1, 14)


@pytest.fixture
def council(details):
    """Return the details of a Permanent Council on a Thursday."""
    return details(kind_key="permanent-council", group_keys=(), starts_on=FIRST)


@pytest.fixture
def repeat(session, council, clock):
    def until(last, **changes):
        events = create_weekly_series(session, replace(council, **changes), last, "localhost", clock.now())
        session.commit()
        return events

    return until


def test_a_year_of_councils_meets_on_thursdays_outside_recess_ministerial_week_and_holidays(repeat):
    days = [event.starts_on for event in repeat(date(2027, 12, 31))]
    thursdays = [FIRST + n * WEEK for n in range(51)]
    left_out = [day for day in thursdays if day not in days]
    assert left_out == [
        date(2027, 5, 6), date(2027, 5, 27),  # Ascension, Corpus Christi
        date(2027, 8, 5), date(2027, 8, 12), date(2027, 8, 19), date(2027, 8, 26),
        date(2027, 12, 2), date(2027, 12, 16), date(2027, 12, 23), date(2027, 12, 30),
    ]  # fmt: skip
    assert days == sorted(set(thursdays) - set(left_out))


def test_the_events_share_a_series_and_nothing_else(repeat):
    events = repeat(FIRST + 3 * WEEK)
    assert len(events) == len({event.uid for event in events}) == 4
    assert len({event.series_id for event in events}) == 1
    assert events[0].series_id is not None


def test_one_of_them_moves_alone(session, repeat, clock):
    events = repeat(FIRST + 2 * WEEK)
    middle = events[1]
    moved = replace(details_of(middle), starts_on=date(2027, 1, 22), ends_on=date(2027, 1, 22))
    change_event(session, middle, moved, middle.version, clock.now())
    session.commit()
    assert [event.starts_on for event in events] == [FIRST, date(2027, 1, 22), FIRST + 2 * WEEK]
    assert [event.sequence for event in events] == [0, 1, 0]
    assert len({event.series_id for event in events}) == 1


def test_two_series_are_two(repeat):
    assert repeat(FIRST)[0].series_id != repeat(FIRST)[0].series_id


@pytest.mark.parametrize(
    ("last", "reason"),
    [(FIRST - WEEK, "no-week"), (FIRST - timedelta(days=1), "no-week"), (FIRST + timedelta(days=381), "too-far")],
)
def test_a_span_without_a_week_or_with_too_many_is_refused(repeat, last, reason):
    with pytest.raises(InvalidEventError) as refused:
        repeat(last)
    assert refused.value.problems == [Problem("repeat_until", reason)]


def test_a_series_in_the_recess_alone_is_refused(repeat):
    with pytest.raises(InvalidEventError) as refused:
        repeat(date(2027, 8, 19), starts_on=date(2027, 8, 5), ends_on=date(2027, 8, 5))
    assert refused.value.problems == [Problem("repeat_until", "no-week")]


def test_bad_details_leave_no_series_behind(session, repeat):
    with pytest.raises(InvalidEventError):
        repeat(FIRST + WEEK, time_zone="Europe/Atlantis")
    assert session.scalar(select(func.count()).select_from(Series)) == 0
    assert session.scalar(select(func.count()).select_from(Event)) == 0


def test_local_time_stays_over_the_change_of_the_clocks(repeat):
    events = repeat(date(2027, 4, 8), starts_on=date(2027, 3, 18), ends_on=date(2027, 3, 18))
    assert [event.start_time for event in events] == [time(10)] * 4
    assert [event.starts_at.hour for event in events] == [9, 9, 8, 8]
