"""Letters are claimed by one worker, if they may still go."""

from datetime import date, time, timedelta

import pytest

from events_app.mail.actions import (
    begin_data,
    claim,
    drop_expired,
    pause_relay,
    reclaim,
    release,
    resume_relay,
    suppress_address,
)
from events_app.mail.queries import owners_at_work

MINUTE = timedelta(minutes=1)


@pytest.fixture
def claimed(step, clock):
    """Claim for a worker; return the names in the addresses."""

    def names(owner="worker", limit=40):
        with step() as session:
            return [m.address.partition("@")[0] for m in claim(session, owner, clock.now(), limit)]

    return names


def test_the_letter_that_is_due_first_is_claimed_first(put, reminder, claimed, clock):
    put(
        reminder("late", due_at=clock.now() - MINUTE),
        reminder("later"),
        reminder("early", due_at=clock.now() - 2 * MINUTE),
    )
    assert claimed(limit=2) == ["early", "late"]
    assert claimed() == ["later"]


def test_what_one_worker_claimed_another_does_not_get(put, reminder, claimed, step):
    put(reminder("anna"), reminder("ben"))
    assert claimed("first", limit=1) == ["anna"]
    assert claimed("second") == ["ben"]
    with step() as session:
        assert sorted(owners_at_work(session)) == ["first", "second"]


def test_a_letter_is_not_claimed_before_it_is_due(put, reminder, claimed, clock):
    put(reminder(due_at=clock.now() + MINUTE))
    assert claimed() == []
    clock.advance(MINUTE)
    assert claimed() == ["anna"]


def test_an_expired_letter_drops_out_and_is_shown(put, reminder, claimed, stored, step, clock):
    put(reminder("anna", expires_at=clock.now() + MINUTE), reminder("ben"))
    clock.advance(MINUTE)
    assert claimed() == ["ben"]
    with step() as session:
        assert drop_expired(session, clock.now()) == 1
        assert drop_expired(session, clock.now()) == 0
    assert stored("anna").state == "expired"


@pytest.mark.parametrize(
    "change",
    [
        {"start_time": time(9)},
        {"starts_on": date(2027, 3, 1)},
        {"start_time": None, "end_time": None},
        {"time_zone": "Europe/Rome"},
        {"status": "cancelled"},
    ],
)
def test_a_letter_drops_out_when_its_event_is_no_longer_what_it_says(
    put, reminder, claimed, stored, change_meeting, change
):
    put(reminder())
    change_meeting(**change)
    assert claimed() == []
    assert stored("anna").state == "superseded"


def test_a_change_of_place_or_theme_changes_nothing_for_a_reminder(put, reminder, claimed, change_meeting):
    put(reminder())
    change_meeting(theme="Water", place="Hofburg")
    assert claimed() == ["anna"]


def test_letters_that_drop_out_do_not_hide_those_behind_them(put, reminder, claimed, change_meeting, sign_in_link):
    put(*[reminder(f"reader{n}") for n in range(6)], sign_in_link("zoe"))
    change_meeting(status="postponed")
    assert claimed(limit=2) == ["zoe"]


def test_nothing_goes_to_an_address_that_is_dead_but_a_letter_that_was_asked_for(
    put, reminder, sign_in_link, claimed, stored, step, clock
):
    with step() as session:
        suppress_address(session, "Anna@delegations.example", "550 5.1.1 no such user", clock.now())
    put(reminder("anna"))
    assert claimed() == []
    assert stored("anna").state == "failed"
    assert "5.1.1" in stored("anna").last_reply
    put(sign_in_link("anna"))
    assert claimed() == ["anna"]


def test_nothing_is_claimed_while_the_relay_is_paused(put, reminder, claimed, step, clock):
    put(reminder())
    with step() as session:
        pause_relay(session, "misconfigured", "535 no", clock.now())
    assert claimed() == []
    with step() as session:
        resume_relay(session)
    assert claimed() == ["anna"]


def test_a_paused_relay_is_tried_again_by_itself(put, reminder, claimed, step, clock):
    put(reminder())
    with step() as session:
        pause_relay(session, "down", "refused", clock.now())
    clock.advance(MINUTE)
    assert claimed() == ["anna"]


def test_the_letters_of_a_dead_worker_go_back_and_those_in_data_are_in_doubt(
    put, reminder, claimed, stored, step, clock
):
    put(*[reminder(name) for name in ("anna", "ben", "carla")])
    with step() as session:
        [first, *_] = claim(session, "dead", clock.now())
        begin_data(session, first, b"bytes", clock.now())
    with step() as session:
        assert reclaim(session, "dead", clock.now()) == 1
    assert [m.state for m in stored().values()] == ["in-doubt", "pending", "pending"]
    assert [m.attempts for m in stored().values()] == [1, 0, 0]
    assert claimed() == ["ben", "carla"]


def test_a_letter_on_which_workers_end_lets_the_others_go_first(put, reminder, claimed, step, clock):
    put(*[reminder(name) for name in ("poison", "ben")])
    for _ in range(2):
        assert claimed("dead") == ["poison", "ben"]
        with step() as session:
            reclaim(session, "dead", clock.now())
    assert claimed() == ["ben"]


def test_released_letters_are_free_for_the_next_worker(put, reminder, claimed, stored, step):
    put(reminder("anna"))
    claimed("ending")
    with step() as session:
        release(session, "ending")
    assert stored("anna").attempts == 0
    assert claimed() == ["anna"]
