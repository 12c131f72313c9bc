"""A letter that the server did not take at once rests in its reader's quiet hours, unless the event is close."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from events_app.mail.actions import send_again
from events_app.mail.kinds import PREPARATION_DUE
from events_app.mail.models import OutboxMessage
from events_app.mail.outcomes import TryLater
from events_app.people.actions import prefer, prefer_times
from events_app.reminders.actions import prefer_letters
from events_app.reminders.models import NOT_AT_ALL

FIRST, LAST = datetime(2027, 2, 16, 8, tzinfo=UTC), datetime(2027, 3, 1, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def tried(meeting, people, session, post_box, reminded):
    """Let the server put a reminder to Luca off, who wants no letters from 10 to 18 in Vienna; return it."""

    def at(instant):
        prefer(session, people["luca"], "en", "Europe/Vienna")
        prefer_times(session, people["luca"], [], time(10), time(18))
        prefer_letters(session, people["luca"].id, {PREPARATION_DUE: NOT_AT_ALL})
        post_box.answers[people["luca"].email] = TryLater("451 busy")
        reminded(instant)
        post_box.answers.clear()
        return session.scalars(
            select(OutboxMessage).where(OutboxMessage.person_id == people["luca"].id).order_by(OutboxMessage.id.desc())
        ).first()

    return at


def test_it_goes_when_the_quiet_hours_end(tried, reminded, session):
    letter = tried(FIRST)
    assert letter.attempts == 1
    for hour in (1, 3, 8):
        assert reminded(FIRST + hour * HOUR) == []
    session.refresh(letter)
    assert (letter.state, letter.next_attempt_at) == ("pending", FIRST + 9 * HOUR)
    assert reminded(FIRST + 9 * HOUR) == ["luca"]


def test_it_goes_at_once_where_the_event_is_close(tried, reminded):
    tried(LAST)
    assert "luca" in reminded(LAST + 2 * HOUR)


def test_it_goes_at_once_where_the_morning_is_too_late(tried, reminded, session):
    letter = tried(FIRST)
    letter.expires_at = FIRST + 9 * HOUR
    assert reminded(FIRST + 2 * HOUR) == ["luca"]


def test_it_goes_at_once_if_a_secretary_says_so(tried, reminded, session, clock):
    letter = tried(FIRST)
    letter.state = "failed"
    clock.advance(2 * HOUR)
    send_again(session, letter, clock.now())
    assert reminded(clock.now()) == ["luca"]
