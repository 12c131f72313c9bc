"""The clocks."""

from datetime import UTC, datetime, timedelta, timezone

from events_app.shared.clock import ShiftedClock, StoppedClock, SystemClock

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_a_stopped_clock_moves_only_when_told_to():
    clock = StoppedClock(NOON)
    assert clock.now() == clock.now() == NOON
    assert clock.advance(timedelta(hours=1)) == clock.now() == NOON + timedelta(hours=1)
    assert clock.move_to(NOON.astimezone(timezone(timedelta(hours=9)))) == NOON
    assert clock.now().tzinfo is UTC


def test_the_machines_clock_is_aware_and_never_runs_back():
    first, second = SystemClock().now(), SystemClock().now()
    assert first.tzinfo is UTC
    assert first <= second


def test_a_shifted_clock_starts_where_it_was_told_to_and_runs():
    clock = ShiftedClock(NOON)
    first, second = clock.now(), clock.now()
    assert NOON <= first <= second < NOON + timedelta(minutes=1)
