"""A secretary sends a letter again, releases what a restored backup stopped, clears the mark of an address."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from events_app.events.models import Event
from events_app.mail.actions import (
    begin_data,
    claim,
    clear_address,
    drop_expired,
    mark_failed,
    mark_in_doubt,
    mark_sent,
    release_stopped,
    send_again,
    stopped_count,
    suppress_address,
)
from events_app.mail.actions.restoring import note_restoration
from events_app.mail.errors import NotAgainError
from events_app.mail.models import OutboxAttempt, OutboxMessage
from events_app.mail.queries import suppressed_among
from events_app.trail.models import TrailEntry

DAY = timedelta(days=1)
MARKS = {
    "failed": lambda *call: mark_failed(*call[:2], "550 no", call[2]),
    "sent": lambda *call: mark_sent(*call[:2], "250 ok", call[2]),
    "in-doubt": lambda *call: mark_in_doubt(*call[:2], "cut", call[2]),
}


@pytest.fixture
def ended(put, reminder, step, clock):
    """A letter that ended so; its bytes were frozen."""

    def end(state):
        put(reminder())
        with step() as session:
            [message] = claim(session, "worker", clock.now())
            begin_data(session, message, b"bytes", clock.now())
            MARKS.get(state, MARKS["sent"])(session, message, clock.now())
            message.state = state

    return end


@pytest.fixture
def again(step, clock, reader):
    def send():
        with step() as session:
            send_again(session, session.scalars(select(OutboxMessage)).one(), clock.now(), by_id=reader.id)

    return send


def refusal(again):
    with pytest.raises(NotAgainError) as caught:
        again()
    return caught.value.reason


@pytest.mark.parametrize("state", ["failed", "sent", "stopped", "in-doubt", "expired"])
def test_a_letter_goes_again_under_its_old_message_id(ended, again, stored, step, clock, state):
    ended(state)
    before = stored("anna")
    clock.advance(timedelta(hours=1))
    again()
    with step() as session:
        [message] = claim(session, "worker", clock.now())
        assert (message.id, message.message_id, message.attempts) == (before.id, before.message_id, 0)
        assert len(session.scalars(select(OutboxAttempt)).all()) == 1


@pytest.mark.parametrize(
    ("state", "kept"), [("failed", None), ("sent", None), ("in-doubt", b"bytes"), ("stopped", b"bytes")]
)
def test_only_where_nobody_knows_do_the_same_bytes_go_again(ended, again, stored, state, kept):
    ended(state)
    again()
    assert stored("anna").rendered == kept


@pytest.mark.parametrize("state", ["pending", "sending", "superseded"])
def test_what_waits_or_is_no_longer_needed_cannot_be_sent_again(ended, again, state):
    ended(state)
    assert refusal(again) == "not-now"


def test_who_sent_a_letter_again_stands_in_the_trail(ended, again, step, stored, reader):
    ended("failed")
    again()
    with step() as session:
        entry = session.scalars(select(TrailEntry).where(TrailEntry.verb == "send-again")).one()
    assert (entry.person_id, entry.thing, entry.thing_id) == (reader.id, "letter", str(stored("anna").id))


def test_an_expired_letter_goes_again_until_its_event_begins(ended, again, stored, step, clock, meeting):
    ended("expired")
    clock.move_to(meeting.starts_at - timedelta(hours=1))
    again()
    assert stored("anna").expires_at == meeting.starts_at
    with step() as session:
        assert drop_expired(session, clock.now()) == 0


def test_after_the_event_has_begun_it_is_too_late(ended, again, clock, meeting):
    ended("expired")
    clock.move_to(meeting.starts_at)
    assert refusal(again) == "over"


def test_a_letter_about_a_meeting_that_moved_does_not_go_again(ended, again, change_meeting):
    ended("failed")
    change_meeting(time_zone="Asia/Tokyo")
    assert refusal(again) == "outdated"


def test_to_a_marked_address_nothing_goes_again_until_the_mark_is_cleared(ended, again, step, clock, reader):
    ended("failed")
    with step() as session:
        suppress_address(session, "anna@delegations.example", "550 5.1.1", clock.now())
    assert refusal(again) == "suppressed"
    with step() as session:
        reader.email = "Anna@delegations.example"
        assert clear_address(session, reader, clock.now(), by_id=reader.id)
        assert not clear_address(session, reader, clock.now(), by_id=reader.id)
        assert suppressed_among(session, ["anna@delegations.example"]) == {}
        entry = session.scalars(select(TrailEntry).order_by(TrailEntry.id.desc())).first()
        assert (entry.verb, entry.thing, entry.thing_id) == ("clear-address", "person", str(reader.id))
    again()


def test_a_letter_whose_address_was_forgotten_cannot_go_again(ended, again, step):
    ended("failed")
    with step() as session:
        session.scalars(select(OutboxMessage)).one().address = ""
    assert refusal(again) == "forgotten"


def test_what_a_restored_backup_stopped_is_released_all_at_once(put, reminder, step, clock, stored):
    put(reminder("anna"), reminder("ben"))
    with step() as session:
        note_restoration(session, clock.now() - DAY, clock.now())
        assert claim(session, "worker", clock.now()) == []
        assert stopped_count(session) == 2
        assert release_stopped(session, clock.now(), by_id=7) == 2
        assert stopped_count(session) == release_stopped(session, clock.now()) == 0
    with step() as session:
        assert len(claim(session, "worker", clock.now())) == 2
        entry = session.scalars(select(TrailEntry).order_by(TrailEntry.id.desc())).first()
        assert (entry.verb, entry.person_id) == ("release-letters", 7)


def test_a_release_leaves_what_doubt_has_stopped(ended, step, clock, stored):
    ended("stopped")
    with step() as session:
        assert release_stopped(session, clock.now()) == 0
    assert stored("anna").state == "stopped"


def test_a_released_letter_that_is_too_late_expires(put, reminder, step, clock, stored):
    put(reminder())
    with step() as session:
        note_restoration(session, clock.now() - DAY, clock.now())
    clock.advance(8 * DAY)
    with step() as session:
        release_stopped(session, clock.now())
        drop_expired(session, clock.now())
        assert session.scalars(select(Event)).one()
    assert stored("anna").state == "expired"
