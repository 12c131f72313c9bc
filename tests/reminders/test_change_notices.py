"""Notices of changes over whole passes: who is told what when, several edits in one letter, and nothing for nothing."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from events_app.events.actions.inviting import invite
from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import details_of
from events_app.mail.models import OutboxMessage
from events_app.mail.outcomes import RelayDown, TryLater
from events_app.reminders.changes import (
    close_quietly,
    is_usually_told,
    last_told_at,
    may_be_told,
    notice_waiting,
    open_notice,
    untold_changes,
    values_before,
    values_of,
)
from events_app.reminders.models import ChangeNotice

MINUTE = timedelta(minutes=1)
EVERYBODY = ["clara", "haruto", "luca"]


@pytest.fixture
def change(session, meeting, clock):
    """Change the meeting; `tells` opens a notice, with the id of who changed it and a note."""

    def apply(tells=True, by=None, note="", **changes):
        was = values_of(meeting)
        change_event(session, meeting, replace(details_of(meeting), **changes), meeting.version, clock.now())
        if tells:
            open_notice(session, meeting, was, by.id if by else None, clock.now(), note)
        session.commit()

    return apply


@pytest.fixture
def step(session, meeting, clock):
    def apply(name, reason=""):
        was = values_of(meeting)
        take_step(session, meeting, name, clock.now(), reason=reason)
        open_notice(session, meeting, was, None, clock.now())
        session.commit()

    return apply


@pytest.fixture
def told(run_pass, post_box, clock):
    """Run a pass after some minutes; return who got a letter, by name."""

    def after(minutes):
        clock.advance(minutes * MINUTE)
        before = len(post_box.letters)
        run_pass()
        return sorted(letter.address.partition("@")[0] for letter in post_box.letters[before:])

    return after


@pytest.fixture
def subjects(post_box):
    return lambda: {letter.message["Subject"] for letter in post_box.letters}


LATER = {"start_time": time(15), "end_time": time(18)}
TITLE = "Meeting of the Asian Contact Group: Transport"


def test_a_move_is_told_ten_minutes_later_once_to_all_concerned(meeting, people, change, told, subjects):
    change(**LATER)
    assert told(9) == []
    assert told(1) == EVERYBODY
    assert subjects() == {f"Moved: {TITLE}"}
    assert told(60) == []


def test_a_change_that_was_saved_quietly_is_told_to_nobody(meeting, people, change, told):
    change(tells=False, **LATER)
    assert told(60) == []


def test_whoever_changed_it_is_not_told(meeting, people, change, told):
    change(by=people["clara"], **LATER)
    assert told(10) == ["haruto", "luca"]


def test_a_change_that_two_people_made_is_told_to_both(meeting, people, change, told):
    change(by=people["clara"], place="Ratsaal")
    change(by=people["luca"], **LATER)
    assert told(20) == EVERYBODY


def test_several_edits_of_one_sitting_make_one_letter_with_what_was_first(
    meeting, people, change, told, post_box, session
):
    change(place="Ratsaal", note="Sorry!")
    assert told(6) == []
    change(**LATER)
    assert told(6) == []
    assert told(4) == EVERYBODY
    text = post_box.letters[0].message.get_body(("plain",)).get_content()
    assert "10:00–13:00" in text and "15:00–18:00" in text
    assert "Hofburg, Neuer Saal" in text and "Ratsaal" in text and "Sorry!" in text
    assert len(session.scalars(select(ChangeNotice)).all()) == 1


def test_edits_that_go_on_put_a_letter_off_by_half_an_hour_at_most(meeting, people, change, told):
    for number in range(6):
        change(theme=f"Version {number}")
        assert told(5) == ([] if number < 5 else EVERYBODY)


def test_a_quiet_edit_leaves_an_open_notice_as_it_is(meeting, people, change, told, session):
    change(place="Ratsaal")
    due_at = notice_waiting(session, meeting.id).due_at
    told(5)
    change(tells=False, theme="Roads")
    assert notice_waiting(session, meeting.id).due_at == due_at
    assert told(5) == EVERYBODY


def test_a_change_after_the_letters_have_gone_makes_letters_of_its_own(meeting, people, change, told, post_box):
    change(place="Ratsaal")
    assert told(10) == EVERYBODY
    change(**LATER)
    assert told(10) == EVERYBODY
    assert "Neuer Saal" not in post_box.letters[-1].message.get_body(("plain",)).get_content()


def test_what_was_moved_and_moved_back_is_told_to_nobody(meeting, people, change, told):
    change(**LATER)
    told(2)
    change(tells=False, start_time=time(10), end_time=time(13))
    assert told(60) == []


def test_a_letter_drops_out_when_the_event_is_moved_back_before_it_goes(
    meeting, people, change, told, post_box, session
):
    post_box.trouble = RelayDown("connection refused")
    change(**LATER)
    told(10)
    change(tells=False, start_time=time(10), end_time=time(13))
    post_box.trouble = None
    assert told(10) == []
    assert set(session.scalars(select(OutboxMessage.state))) == {"superseded"}


def test_a_letter_whose_event_changed_again_makes_room_for_the_newer_one(
    meeting, people, change, told, post_box, session
):
    post_box.trouble = RelayDown("connection refused")
    change(**LATER)
    told(10)
    change(start_time=time(16), end_time=time(18))
    post_box.trouble = None
    assert told(6) == []
    assert told(4) == EVERYBODY
    assert all("16:00" in letter.message.get_body(("plain",)).get_content() for letter in post_box.letters)


def test_a_quiet_change_before_the_letters_go_leaves_nobody_untold(meeting, people, change, told, post_box):
    post_box.trouble = RelayDown("connection refused")
    change(**LATER)
    told(10)
    change(tells=False, place="Ratsaal")
    post_box.trouble = None
    assert told(6) == []
    assert told(1) == EVERYBODY
    text = post_box.letters[0].message.get_body(("plain",)).get_content()
    assert "10:00–13:00" in text and "15:00–18:00" in text and "Ratsaal" in text


def test_whom_the_first_of_two_notices_did_not_reach_hears_of_both_from_the_second(
    meeting, people, change, told, post_box
):
    post_box.trouble = RelayDown("refused")
    change(**LATER)
    told(10)
    change(place="Ratsaal")
    told(10)
    post_box.trouble = None
    assert told(60) == EVERYBODY
    assert told(10) == []
    text = post_box.letters[-1].message.get_body(("plain",)).get_content()
    assert "10:00–13:00" in text and "15:00–18:00" in text and "Ratsaal" in text


def test_a_notice_that_has_nothing_to_tell_does_not_swallow_the_one_before(meeting, people, change, told, post_box):
    post_box.trouble = RelayDown("refused")
    change(**LATER)
    told(10)
    change(place="Ratsaal")
    change(place="Hofburg, Neuer Saal")
    told(10)
    post_box.trouble = None
    assert told(60) + told(10) == EVERYBODY


def test_who_was_told_before_a_quiet_change_is_not_told_again(meeting, people, change, told, post_box):
    post_box.answers[people["haruto"].email] = TryLater("451 later")
    change(**LATER)
    assert told(10) == ["clara", "luca"]
    post_box.answers.clear()
    change(tells=False, place="Ratsaal")
    assert told(6) == []
    assert told(1) == ["haruto"]
    change(tells=False, place="Segmentgalerie")
    assert told(10) == told(10) == []


def test_a_reader_who_lost_the_right_in_between_gets_none(meeting, people, change, told):
    change(**LATER)
    change(tells=False, visibility="secretariat")
    assert told(10) == ["clara"]


def test_a_reader_who_loses_the_right_while_the_letter_waits_gets_none(
    meeting, people, change, told, post_box, session
):
    change(tells=False, visibility="group")
    post_box.trouble = RelayDown("connection refused")
    change(**LATER)
    told(10)
    people["haruto"].posts[0].valid_to = date(2026, 11, 20)
    session.commit()
    post_box.trouble = None
    assert told(10) == ["clara", "luca"]


def test_what_was_secret_is_not_told_to_those_it_was_kept_from(make_event, people, session, clock, told):
    event = make_event(group_keys=("asian",), visibility="secretariat")
    was = values_of(event)
    opened = replace(details_of(event), visibility="partners", place="Ratsaal")
    change_event(session, event, opened, event.version, clock.now())
    open_notice(session, event, was, None, clock.now())
    session.commit()
    assert told(10) == ["clara"]


@pytest.mark.parametrize(
    ("steps", "subject"),
    [
        ([("cancel", "No room.")], "Cancelled: "),
        ([("postpone", "")], "Postponed: "),
    ],
)
def test_a_step_is_told_with_its_word_first(meeting, people, step, told, subjects, steps, subject):
    for name, reason in steps:
        step(name, reason)
    assert told(10) == EVERYBODY
    assert subjects() == {f"{subject}{TITLE}"}


def test_what_was_cancelled_and_told_is_told_again_when_it_is_restored(meeting, people, step, told, subjects):
    step("cancel", "No room.")
    told(10)
    step("restore")
    assert told(10) == EVERYBODY
    assert f"Restored: {TITLE}" in subjects()


def test_an_event_cancelled_and_restored_in_one_sitting_is_told_to_nobody(meeting, people, step, told):
    step("cancel", "No room.")
    step("restore")
    assert told(60) == []


def test_an_event_that_is_over_is_told_to_nobody(make_event, people, session, clock, told):
    event = make_event(
        group_keys=("asian",), starts_on=date(2026, 11, 21), start_time=time(10, 1), end_time=time(10, 5)
    )
    open_notice(session, event, values_of(event) | {"place": "Elsewhere"}, None, clock.now())
    session.commit()
    assert told(10) == []


def test_drafts_and_proposals_that_nobody_got_are_never_told(make_event, make_person, session, clock):
    draft, proposed, published = (
        make_event(status, group_keys=("asian",)) for status in ("draft", "proposed", "confirmed")
    )
    assert [may_be_told(session, event, clock.now()) for event in (draft, proposed, published)] == [False, False, True]
    invite(session, proposed, [(make_person("haruto", "JP"), "JP")], clock.now())
    assert may_be_told(session, proposed, clock.now())


def test_moves_of_what_was_published_are_usually_told_and_little_else(make_event):
    published, draft = make_event(), make_event("draft")
    for fields, expected in (({"start_time"}, True), ({"place", "theme"}, True), ({"theme"}, False), (set(), False)):
        assert is_usually_told(published, fields) is expected
        assert is_usually_told(draft, fields) is False


def test_what_was_is_read_back_from_the_history(meeting, change, session):
    first = values_of(meeting)
    change(tells=False, **LATER, starts_on=date(2027, 3, 3), ends_on=date(2027, 3, 3))
    change(tells=False, place="Ratsaal", topic_keys=("elections",))
    assert values_before(meeting, meeting.changes) == first | {"status": "draft"}
    assert values_before(meeting, meeting.changes[:1])["start_time"] == "15:00:00"
    assert values_before(meeting, []) == values_of(meeting)


def test_what_a_letter_has_told_is_not_told_again(meeting, people, change, told, session, clock):
    change(**LATER)
    told(10)
    assert last_told_at(session, meeting.id) == clock.now()
    assert untold_changes(session, meeting.id) == []
    told(1)
    change(tells=False, place="Ratsaal")
    change(tells=False, topic_keys=("elections",))
    [untold] = untold_changes(session, meeting.id)
    assert "place" in untold.fields
    assert untold_changes(session, meeting.id, untold.id) == [untold]


def test_keeping_quiet_takes_back_what_the_change_opened_and_no_earlier_notice(meeting, change, session, clock):
    change(place="Ratsaal")
    clock.advance(MINUTE)
    change(place="Segmentgalerie")
    close_quietly(session, meeting, None, clock.now(), since=clock.now())
    assert notice_waiting(session, meeting.id) is not None
    close_quietly(session, meeting, None, clock.now())
    assert notice_waiting(session, meeting.id) is None
