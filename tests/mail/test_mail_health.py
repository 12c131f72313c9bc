"""The health of the post is seen from the heartbeat, the oldest letter and the relay."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from events_app.mail.actions import beat, claim, mark_postponed, pause_relay
from events_app.mail.models import Heartbeat
from events_app.mail.queries import mail_health


@pytest.fixture
def reasons(step, clock):
    def now():
        with step() as session:
            return mail_health(session, clock.now()).reasons

    return now


@pytest.fixture
def beaten(step, clock):
    def beating():
        with step() as session:
            beat(session, "worker", clock.now())

    return beating


def test_without_any_worker_the_post_is_not_healthy(reasons):
    assert reasons() == ("no-heartbeat",)


def test_a_heartbeat_counts_for_ninety_seconds(reasons, beaten, clock):
    beaten()
    clock.advance(timedelta(seconds=90))
    assert reasons() == ()
    clock.advance(timedelta(seconds=1))
    assert reasons() == ("no-heartbeat",)


def test_a_letter_may_be_ten_minutes_late(reasons, beaten, put, reminder, clock):
    put(reminder())
    clock.advance(timedelta(minutes=10))
    beaten()
    assert reasons() == ()
    clock.advance(timedelta(seconds=1))
    assert reasons() == ("late-letters",)


def test_a_letter_that_waits_for_its_next_attempt_is_not_late(reasons, beaten, put, reminder, step, clock):
    put(reminder())
    clock.advance(timedelta(minutes=11))
    beaten()
    with step() as session:
        [message] = claim(session, "worker", clock.now())
        mark_postponed(session, message, "451 busy", clock.now())
    assert reasons() == ()


def test_a_misconfigured_relay_is_reported_at_once(reasons, beaten, step, clock):
    beaten()
    with step() as session:
        pause_relay(session, "misconfigured", "535 no", clock.now())
    assert reasons() == ("relay-misconfigured",)


def test_workers_of_yesterday_are_forgotten(beaten, step, clock):
    with step() as session:
        beat(session, "yesterday", clock.now() - timedelta(days=2))
    beaten()
    with step() as session:
        assert list(session.scalars(select(Heartbeat.owner))) == ["worker"]
