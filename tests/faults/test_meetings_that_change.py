"""Meetings and readers that change between deriving a letter and sending it, clocks that change, a restored backup."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import details_of
from events_app.events.rules.life import CANCEL
from events_app.mail.actions.restoring import note_restoration
from events_app.mail.models import OutboxMessage
from events_app.mail.outcomes import RelayDown
from events_app.people.models import Post

FIRST, SECOND = datetime(2027, 2, 16, 8, tzinfo=UTC), datetime(2027, 2, 26, 8, tzinfo=UTC)
REMINDERS = OutboxMessage.letter == "event-reminder"
MINUTES, DAY = timedelta(minutes=10), timedelta(days=1)


@pytest.fixture
def meeting(make_event, make_person):
    """A meeting of the Asian group on 2 March 2027, of which a secretary and two contact points are reminded."""
    make_person("clara", secretary=True)
    make_person("luca", "CH")
    make_person("haruto", "JP")
    return make_event(group_keys=("asian",), visibility="group")


@pytest.fixture
def waiting(meeting, run_pass, post_box, clock):
    """Its first reminders are derived, and wait, as the server is away; then it is back."""
    clock.move_to(FIRST)
    post_box.trouble = RelayDown("connection refused")
    run_pass()
    post_box.trouble = None
    clock.advance(MINUTES)


@pytest.fixture
def change(session, meeting, clock):
    def apply(**changes):
        change_event(session, meeting, replace(details_of(meeting), **changes), meeting.version, clock.now())

    return apply


@pytest.fixture
def check(session, post_box, count):
    """Count the reminders that arrived against those that should have, by the names of their readers."""

    def line(name, *readers):
        rows = session.scalars(select(OutboxMessage).where(REMINDERS)).all()
        due = [row.message_id for row in rows if row.address.partition("@")[0] in readers and row.state == "sent"]
        posted = [str(letter.message["Message-ID"]) for letter in post_box.letters]
        arrived = [letter for letter in posted if letter in {row.message_id for row in rows}]
        assert len(due) == len(readers)
        found = count(name, due, arrived)
        assert (found.lost, found.doubled) == (0, 0)

    return line


def test_a_meeting_that_moved_in_between(waiting, change, run_pass, post_box, check, clock):
    change(starts_on=date(2027, 3, 3), ends_on=date(2027, 3, 3))
    run_pass()
    assert post_box.letters == []
    clock.move_to(FIRST + DAY)
    run_pass()
    check("meeting moved between derive and send", "clara", "luca", "haruto")


def test_a_meeting_that_moved_there_and_back_in_between(waiting, change, run_pass, check):
    change(starts_on=date(2027, 3, 3), ends_on=date(2027, 3, 3))
    run_pass()
    change(starts_on=date(2027, 3, 2), ends_on=date(2027, 3, 2))
    run_pass()
    run_pass()
    check("meeting moved and moved back", "clara", "luca", "haruto")


def test_a_meeting_that_was_retitled_in_between(waiting, change, run_pass, post_box, check):
    change(theme="Water and energy")
    run_pass()
    assert all("Water and energy" in letter.message["Subject"] for letter in post_box.letters)
    check("meeting retitled", "clara", "luca", "haruto")


def test_a_meeting_that_was_cancelled_in_between(waiting, session, meeting, run_pass, clock, check):
    take_step(session, meeting, CANCEL, clock.now(), reason="no room")
    run_pass()
    assert set(session.scalars(select(OutboxMessage.state).where(REMINDERS))) == {"superseded"}
    check("meeting cancelled")


def test_a_reader_who_lost_the_right_in_between(waiting, session, run_pass, check):
    [haruto] = session.scalars(select(Post).where(Post.state_code == "JP"))
    haruto.valid_to = FIRST.date() - DAY
    run_pass()
    check("reader lost the right in between", "clara", "luca")


def test_readers_who_lost_sight_of_the_meeting_in_between(waiting, change, run_pass, check):
    change(visibility="secretariat")
    run_pass()
    check("meeting hidden in between", "clara")


def test_the_weekend_on_which_clocks_go_forward(make_event, make_person, run_pass, clock, check):
    # The clocks of Vienna go forward on 28 March 2027, Easter Sunday; both last reminders are due on the Friday before.
    make_person("clara", secretary=True)
    make_event(group_keys=("asian",), starts_on=date(2027, 3, 30))
    walk(clock, run_pass, datetime(2027, 3, 25, 7, tzinfo=UTC), datetime(2027, 3, 30, 12, tzinfo=UTC))
    check("the night in which clocks go forward", "clara", "clara")


def test_the_night_in_which_an_hour_comes_twice(make_event, make_person, run_pass, clock, session, check):
    # On 31 October 2027 the clocks of Vienna go back; the meeting is on the Tuesday after All Saints' Day.
    make_person("clara", secretary=True)
    make_event(group_keys=("asian",), starts_on=date(2027, 11, 2))
    clock.move_to(datetime(2027, 10, 20, 12, tzinfo=UTC))
    run_pass()
    walk(clock, run_pass, datetime(2027, 10, 28, 7, tzinfo=UTC), datetime(2027, 11, 2, 12, tzinfo=UTC))
    check("the night in which clocks go back", "clara", "clara")


def walk(clock, run_pass, first, last):
    """Run a pass every three hours."""
    clock.move_to(first)
    while clock.now() < last:
        run_pass()
        clock.advance(timedelta(hours=3))


def test_a_worker_that_was_away_for_three_days(meeting, run_pass, clock, check, post_box):
    clock.move_to(FIRST - DAY)
    run_pass()
    clock.move_to(FIRST + 2 * DAY)
    run_pass()
    run_pass()
    check("restart after three days, reminders", "clara", "luca", "haruto")


def test_a_restored_backup_sends_nothing_by_itself_that_may_have_been_sent(
    meeting, run_pass, session, clock, post_box, check
):
    # In the lost days the reminders of FIRST went out; the restored database does not know that.
    note_restoration(session, FIRST - DAY, FIRST + DAY)
    clock.move_to(FIRST + DAY + MINUTES)
    run_pass()
    assert post_box.letters == []
    assert set(session.scalars(select(OutboxMessage.state).where(REMINDERS))) == {"stopped"}
    clock.move_to(SECOND)
    run_pass()
    check("yesterday's backup restored", "clara", "luca", "haruto")
