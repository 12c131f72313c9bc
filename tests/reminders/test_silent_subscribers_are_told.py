"""Silent subscribers are told by mail what their calendar program has not fetched, once, and no secrets."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from events_app.events.actions.writing import change_event
from events_app.events.rules.details import details_of
from events_app.feeds.actions import create_link, note_fetch
from events_app.feeds.choices import FeedChoice
from events_app.mail.outcomes import Refused
from events_app.reminders.changes import open_notice, values_of

MINUTE = timedelta(minutes=1)
LATER = {"start_time": time(15), "end_time": time(18)}


@pytest.fixture
def event(make_event):
    """A meeting tomorrow, for the delegations of the Asian group."""
    return make_event(starts_on=date(2026, 11, 22), group_keys=("asian",), visibility="group")


@pytest.fixture
def fetch(session, clock):
    def again(link):
        note_fetch(session, link, "a", "", "etag", clock.now())
        session.commit()

    return again


@pytest.fixture
def dan(session, people, clock, fetch):
    """A delegate of Japan whose calendar has just been fetched."""
    link, _ = create_link(session, people["dan"].id, "Mine", FeedChoice(), clock.now())
    fetch(link)
    clock.advance(MINUTE)
    return link


@pytest.fixture
def change(session, clock):
    def apply(event, tells=False, **changes):
        was = values_of(event)
        change_event(session, event, replace(details_of(event), **changes), event.version, clock.now())
        if tells:
            open_notice(session, event, was, None, clock.now())
        session.commit()

    return apply


@pytest.fixture
def told(run_pass, post_box, clock):
    """Run a pass after some minutes; return who got a change notice, by name."""

    def after(minutes):
        clock.advance(minutes * MINUTE)
        before = len(post_box.letters)
        run_pass()
        letters = [letter for letter in post_box.letters[before:] if "change-notice" in letter.message["List-Id"]]
        return sorted(letter.address.partition("@")[0] for letter in letters)

    return after


def test_a_program_has_ten_minutes_to_ask_before_its_owner_is_told_once(event, dan, change, told, post_box):
    change(event, **LATER)
    assert told(9) == []
    assert told(1) == ["dan"]
    assert told(10) == []
    text = post_box.letters[-1].message.get_body(("plain",)).get_content()
    assert "10:00–13:00" in text and "15:00–18:00" in text


def test_a_program_that_asked_in_time_saves_its_owner_the_letter(event, dan, change, told, fetch):
    change(event, **LATER)
    told(5)
    fetch(dan)
    assert told(30) == []


def test_another_change_is_told_again_from_what_the_program_last_fetched(event, dan, change, told, post_box):
    change(event, **LATER)
    assert told(10) == ["dan"]
    change(event, place="Ratsaal")
    assert told(10) == ["dan"]
    text = post_box.letters[-1].message.get_body(("plain",)).get_content()
    assert "10:00–13:00" in text and "Ratsaal" in text


def test_edits_that_follow_each_other_make_one_letter(event, dan, change, told):
    change(event, **LATER)
    assert told(6) == []
    change(event, place="Ratsaal")
    assert told(6) == []
    assert told(4) == ["dan"]


def test_what_was_moved_back_needs_no_letter(event, dan, change, told):
    change(event, **LATER)
    told(5)
    change(event, start_time=time(10), end_time=time(13))
    assert told(30) == []


def test_whom_a_notice_tells_is_not_told_twice(session, event, people, change, told, clock, fetch):
    link, _ = create_link(session, people["haruto"].id, "Mine", FeedChoice(), clock.now())
    fetch(link)
    clock.advance(MINUTE)
    change(event, tells=True, **LATER)
    told(5)
    change(event, tells=True, place="Ratsaal")
    assert told(10).count("haruto") == 1
    assert told(10) == []


@pytest.fixture
def haruto(session, people, clock, fetch):
    """A contact point of Japan whose calendar has just been fetched."""
    link, _ = create_link(session, people["haruto"].id, "Mine", FeedChoice(), clock.now())
    fetch(link)
    clock.advance(MINUTE)
    return people["haruto"]


@pytest.mark.parametrize(
    ("edited_again", "note", "is_told_again"),
    [({}, "", False), ({}, "Bring your badges.", True), ({"place": "Ratsaal"}, "", True)],
)
def test_a_change_that_a_subscriber_was_told_is_not_told_again_by_a_later_notice(
    session, event, haruto, change, told, clock, edited_again, note, is_told_again
):
    was = values_of(event)
    change(event, **LATER)
    assert told(10) == ["haruto"]
    if edited_again:
        change(event, **edited_again)
    open_notice(session, event, was, None, clock.now(), note)
    session.commit()
    readers = told(10)
    assert "clara" in readers and "luca" in readers
    assert ("haruto" in readers) is is_told_again


def test_a_letter_that_did_not_reach_a_subscriber_does_not_count_as_told(
    session, event, haruto, change, told, clock, post_box
):
    was = values_of(event)
    post_box.answers[haruto.email] = Refused("554 no")
    change(event, **LATER)
    assert told(10) == []
    post_box.answers.clear()
    open_notice(session, event, was, None, clock.now())
    session.commit()
    assert "haruto" in told(10)


def test_what_was_kept_from_a_subscriber_is_not_told(make_event, dan, change, told):
    hidden = make_event(starts_on=date(2026, 11, 22), group_keys=("asian",), visibility="secretariat")
    change(hidden, visibility="group", place="Ratsaal")
    assert told(10) == []
