"""What became of a letter is noted, and decides whether it goes again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from events_app.mail.actions import begin_data, claim, mark, mark_in_doubt, resolve_doubt
from events_app.mail.models import OutboxAttempt, RelayState, SuppressedAddress
from events_app.mail.outcomes import Delivered, Doubtful, Misconfigured, Refused, RelayDown, TryLater
from events_app.mail.rules import USUAL_WAITS, retry_at

HOUR = timedelta(hours=1)


@pytest.fixture
def marked(put, step, clock, stored):
    """Put one letter, send it with an outcome, return it as it is then stored."""

    def after(letter, *outcomes):
        put(letter)
        for outcome in outcomes:
            with step() as session:
                [message] = claim(session, "worker", clock.now())
                begin_data(session, message, b"first bytes", clock.now())
                mark(session, message, outcome, clock.now())
                clock.move_to(max(clock.now(), message.next_attempt_at))
        return stored(letter.address.partition("@")[0])

    return after


def test_a_delivered_letter_is_sent(marked, reminder, clock):
    message = marked(reminder(), Delivered("250 OK"))
    assert (message.state, message.phase, message.owner) == ("sent", None, None)
    assert (message.attempts, message.sent_at) == (1, clock.now())
    assert message.rendered == b"first bytes"


def test_every_attempt_is_kept_with_what_the_server_said(marked, reminder, step):
    marked(reminder(), TryLater("451 busy"), Delivered("250 OK"))
    with step() as session:
        attempts = session.scalars(select(OutboxAttempt).order_by(OutboxAttempt.id)).all()
    assert [(a.outcome, a.reply) for a in attempts] == [("pending", "451 busy"), ("sent", "250 OK")]


def test_a_letter_goes_again_with_growing_waits_and_is_given_up_after_three_days(marked, reminder, clock):
    started = clock.now()
    message = marked(reminder(expires_at=None), *[TryLater("451 busy")] * len(USUAL_WAITS))
    assert message.state == "pending"
    assert 50 * HOUR < clock.now() - started < 90 * HOUR
    message = marked(reminder(), TryLater("451 busy"))
    assert message.state == "failed"


def test_a_full_mailbox_gets_three_tries_in_a_day(marked, reminder, clock):
    started = clock.now()
    message = marked(reminder(), *[TryLater("552 full", is_mailbox_full=True)] * 3)
    assert message.state == "failed"
    assert 12 * HOUR < clock.now() - started < 24 * HOUR


def test_the_bytes_of_the_first_attempt_stay(marked, reminder, step, clock):
    marked(reminder(), TryLater("451 busy"))
    with step() as session:
        [message] = claim(session, "worker", clock.now())
        assert begin_data(session, message, b"other bytes", clock.now()) == b"first bytes"


def test_only_a_dead_address_is_suppressed(marked, reminder, step):
    assert marked(reminder("anna"), Refused("550 5.1.1 unknown", is_address_dead=True)).state == "failed"
    assert marked(reminder("ben"), Refused("554 5.6.0 no")).state == "failed"
    with step() as session:
        assert list(session.scalars(select(SuppressedAddress.address))) == ["anna@delegations.example"]


def test_a_relay_that_is_down_burns_no_attempt(marked, reminder, step, clock):
    started = clock.now()
    message = marked(reminder(), RelayDown("connection refused"))
    assert (message.state, message.attempts, message.next_attempt_at) == ("pending", 0, started)
    with step() as session:
        assert session.scalars(select(RelayState)).one().reason == "down"


def test_a_misconfigured_relay_is_paused_and_nobody_suppressed(marked, reminder, step):
    assert marked(reminder(), Misconfigured("550 5.7.1 denied")).state == "pending"
    with step() as session:
        assert session.scalars(select(RelayState)).one().reason == "misconfigured"
        assert session.scalars(select(SuppressedAddress)).all() == []


def test_a_delivered_letter_shows_that_the_relay_works_again(marked, reminder, sign_in_link, step, clock):
    marked(reminder("anna"), RelayDown("connection refused"))
    clock.advance(HOUR)
    marked(reminder("anna"), Delivered("250 OK"))
    with step() as session:
        assert session.scalars(select(RelayState)).all() == []


def test_a_reminder_in_doubt_goes_again_after_two_minutes_with_the_same_bytes(put, reminder, stored, step, clock):
    put(reminder())
    with step() as session:
        [message] = claim(session, "worker", clock.now())
        begin_data(session, message, b"bytes", clock.now())
        mark(session, message, Doubtful("timed out"), clock.now())
        resolve_doubt(session, clock.now())
    assert stored("anna").state == "in-doubt"
    clock.advance(timedelta(minutes=2))
    with step() as session:
        assert resolve_doubt(session, clock.now()) == 0
    assert (stored("anna").state, stored("anna").rendered) == ("pending", b"bytes")


def test_an_announcement_in_doubt_waits_for_a_person(put, reminder, stored, step, clock):
    put(reminder(letter="year-plan-version"))
    with step() as session:
        [message] = claim(session, "worker", clock.now())
        mark_in_doubt(session, message, "timed out", clock.now())
        resolve_doubt(session, clock.now() + timedelta(minutes=2))
    assert stored("anna").state == "stopped"


def test_a_letter_that_is_always_in_doubt_goes_again_less_and_less_often(put, reminder, stored, step, clock):
    put(reminder())
    for _ in range(2):
        with step() as session:
            resolve_doubt(session, clock.now())
            [message] = claim(session, "worker", clock.now())
            mark(session, message, Doubtful("timed out"), clock.now())
            wait = message.next_attempt_at - clock.now()
            clock.move_to(message.next_attempt_at)
    assert timedelta(minutes=4) <= wait <= timedelta(minutes=6)


@pytest.mark.parametrize("outcome", [Delivered("250 OK"), Refused("550 no")])
def test_the_bytes_of_a_sign_in_letter_are_forgotten_once_it_is_done(marked, sign_in_link, outcome):
    assert marked(sign_in_link(), outcome).rendered is None


def test_the_waits_of_two_letters_differ_by_a_fifth_at_most(put, reminder, stored, clock):
    put(*[reminder(f"reader{n}") for n in range(20)])
    waits = set()
    for message in stored().values():
        message.attempts = 3
        waits.add((retry_at(message, clock.now()) - clock.now()) / timedelta(minutes=15))
    assert len(waits) == 20
    assert all(0.8 <= wait <= 1.2 for wait in waits)
