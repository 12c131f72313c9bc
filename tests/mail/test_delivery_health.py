"""What is known of failed letters: why, how many within a week, and which addresses are marked."""

from datetime import timedelta

import pytest

from events_app.mail.actions import beat, claim, mark_failed, suppress_address
from events_app.mail.queries import mail_health
from events_app.mail.replies import failure_sort


@pytest.mark.parametrize(
    ("reply", "sort"),
    [
        ("550 5.1.1 no such user", "address-unknown"),
        ("address suppressed: 550 gone", "address-unknown"),
        ("552 over quota", "mailbox-full"),
        ("452 4.2.2 mailbox full", "mailbox-full"),
        ("550 5.7.1 not allowed", "our-side"),
        ("550 5.1.8 sender unknown", "our-side"),
        ("535 wrong password", "our-side"),
        ("554 no", "other"),
        ("550 5.11.2 strange", "other"),
        ("KeyError: 'title'", "other"),
        ("", "other"),
    ],
)
def test_failures_are_sorted_by_what_the_server_said(reply, sort):
    assert failure_sort(reply) == sort


def test_the_health_of_the_post_counts_failures_of_a_week_by_sort(put, reminder, step, clock):
    put(reminder("anna"), reminder("ben"), reminder("carla"))
    with step() as session:
        beat(session, "worker", clock.now())
        for message, reply in zip(
            claim(session, "worker", clock.now()), ("550 5.1.1 no", "550 5.1.1 no", "552"), strict=True
        ):
            mark_failed(session, message, reply, clock.now())
        suppress_address(session, "anna@delegations.example", "550 5.1.1 no", clock.now())
        found = mail_health(session, clock.now())
        assert (found.failures, found.suppressed, found.is_healthy) == (
            {"address-unknown": 2, "mailbox-full": 1},
            1,
            True,
        )
        assert mail_health(session, clock.now() + timedelta(days=8)).failures == {}
