"""Secretaries hear when letters have not reached their readers for an hour: once a day, and never of these letters."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from events_app.mail.actions import pause_relay, suppress_address
from events_app.mail.actions.forgetting import forget_letters_to
from events_app.mail.kinds import PREPARATION_DUE
from events_app.mail.models import OutboxMessage
from events_app.mail.outcomes import Refused, TryLater
from events_app.reminders.actions import prefer_letters
from events_app.reminders.models import NOT_AT_ALL

FIRST = datetime(2027, 2, 16, 8, tzinfo=UTC)
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def refused(meeting, people, post_box, reminded):
    """Two reminders and a step of preparation that the server did not take, on the morning of all letters."""
    for name in ("haruto", "luca"):
        post_box.answers[people[name].email] = Refused("550 5.1.1 no such user", is_address_dead=True)
    assert reminded(FIRST) == ["clara"]
    post_box.answers.clear()


@pytest.fixture
def told(reminded, post_box):
    """Run a pass at an instant; return who got a letter of trouble, by name."""

    def at(instant):
        before = len(letters_of_trouble(post_box))
        reminded(instant)
        addresses = (letter["To"].addresses[0].username for letter in letters_of_trouble(post_box)[before:])
        return sorted(addresses)

    return at


def letters_of_trouble(post_box):
    return [letter.message for letter in post_box.letters if "delivery-trouble" in letter.message["List-Id"]]


def test_after_an_hour_each_secretary_hears_what_failed(refused, told, post_box, make_person):
    make_person("dora", secretary=True)
    assert told(FIRST + 30 * MINUTE) == []
    assert told(FIRST + HOUR) == ["clara", "dora"]
    [letter, _] = letters_of_trouble(post_box)
    assert letter["Subject"] == "3 letters did not reach their readers"
    for sort in ("plain", "html"):
        said = letter.get_body((sort,)).get_content()
        assert "The address does not exist: 3" in said
        assert "http://localhost/desk" in said


def test_nobody_hears_of_it_twice(refused, told):
    assert told(FIRST + HOUR) == ["clara"]
    assert told(FIRST + 2 * HOUR) == []
    assert told(FIRST + DAY) == told(FIRST + DAY + 2 * HOUR) == []


def test_a_failure_before_midnight_is_told_after_it(refused, told, session):
    late = datetime(2027, 2, 16, 23, 30, tzinfo=UTC)
    session.connection().exec_driver_sql(f"UPDATE outbox_attempt SET at = '{late:%Y-%m-%d %H:%M:%S}.000000'")
    session.commit()
    assert told(late + 20 * MINUTE) == []
    assert told(late + HOUR) == ["clara"]
    assert told(late + 2 * HOUR) == []


def test_a_letter_that_was_sent_after_all_is_no_trouble(refused, told, session):
    session.execute(update(OutboxMessage).where(OutboxMessage.state == "failed").values(state="sent"))
    assert told(FIRST + HOUR) == []


def test_that_these_letters_fail_makes_no_more_of_them(refused, told, session, people, clock):
    suppress_address(session, people["clara"].email, "550 5.1.1 gone", clock.now())
    session.commit()
    assert told(FIRST + HOUR) == []
    rows = select(OutboxMessage).where(OutboxMessage.letter == "delivery-trouble")
    assert [row.state for row in session.scalars(rows)] == ["failed"]
    session.rollback()
    assert told(FIRST + DAY) == told(FIRST + DAY + 3 * HOUR) == []
    assert len(session.scalars(rows).all()) == 1


def test_while_the_server_takes_nothing_no_letter_says_so(refused, told, session):
    pause_relay(session, "misconfigured", "535 5.7.8 no", FIRST + 50 * MINUTE)
    told(FIRST + HOUR)
    assert session.scalars(select(OutboxMessage).where(OutboxMessage.letter == "delivery-trouble")).all() == []


def test_stopped_letters_are_recalled_every_day(meeting, people, told, session, post_box):
    prefer_letters(session, people["luca"].id, {PREPARATION_DUE: NOT_AT_ALL})
    assert told(FIRST) == []
    session.execute(update(OutboxMessage).where(OutboxMessage.address.startswith("luca")).values(state="stopped"))
    assert told(FIRST + HOUR - MINUTE) == []
    assert told(FIRST + HOUR) == ["clara"]
    assert told(FIRST + 2 * HOUR) == []
    assert told(FIRST + DAY) == ["clara"]
    assert {letter["Subject"] for letter in letters_of_trouble(post_box)} == {"A letter waits for your decision"}


def test_a_stopped_letter_that_is_too_late_is_recalled_no_more(meeting, people, told, session):
    told(FIRST)
    session.execute(update(OutboxMessage).where(OutboxMessage.address.startswith("luca")).values(state="stopped"))
    assert told(FIRST + 9 * DAY) == ["clara"]
    assert told(FIRST + 11 * DAY) == []


@pytest.mark.parametrize("state", ["in-doubt", "stopped"])
def test_letters_to_somebody_who_was_removed_are_no_trouble(meeting, people, told, session, state):
    told(FIRST)
    session.execute(update(OutboxMessage).where(OutboxMessage.address.startswith("luca")).values(state=state))
    forget_letters_to(session, people["luca"].id)
    assert told(FIRST + HOUR) == told(FIRST + 3 * HOUR) == []


def test_who_is_no_secretary_any_more_does_not_get_it(refused, told, session, people, clock, post_box):
    post_box.answers[people["clara"].email] = TryLater("451 later")
    session.commit()
    people["clara"].is_secretary = False
    assert told(FIRST + HOUR) == []
