"""Whole passes of the worker: who gets which reminder when, once, also after outages and changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import details_of
from events_app.mail.outcomes import RelayDown
from events_app.people.actions import appoint
from events_app.worker.loop import PassReport


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


FIRST, SECOND, THIRD = utc(2027, 2, 16, 8), utc(2027, 2, 26, 8), utc(2027, 3, 1, 8)
START = utc(2027, 3, 2, 9)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ORGANISERS, EVERYBODY = ["clara", "luca"], ["clara", "haruto", "luca"]


@pytest.fixture
def change(session, clock, meeting):
    def apply(**changes):
        change_event(session, meeting, replace(details_of(meeting), **changes), meeting.version, clock.now())
        session.commit()

    return apply


def test_everybody_hears_on_their_days_once_and_nobody_else(meeting, people, reminded):
    assert reminded(FIRST - MINUTE) == []
    assert reminded(FIRST) == EVERYBODY
    assert reminded(FIRST + MINUTE) == []
    assert reminded(SECOND - MINUTE) == []
    assert reminded(SECOND) == EVERYBODY
    assert reminded(THIRD - MINUTE) == []
    assert reminded(THIRD) == ORGANISERS
    assert reminded(START + MINUTE) == []


def test_a_pass_says_what_it_did(meeting, people, run_pass, clock):
    clock.move_to(FIRST)
    reminders, steps = 3, 2
    assert run_pass() == PassReport(derived=reminders + steps, sent=reminders + steps)
    assert run_pass() == PassReport()


def test_rules_that_fall_together_send_one_letter(make_event, people, reminded, outbox):
    make_event(group_keys=("asian",), starts_on=date(2027, 3, 8))
    assert reminded(utc(2027, 3, 5, 8)) == EVERYBODY
    assert reminded(utc(2027, 3, 7, 12)) == []
    sent = [row for row in outbox() if row[2] == "sent"]
    assert sent == [("clara", 1, "sent"), ("haruto", 2, "sent"), ("luca", 1, "sent")]


def test_after_an_outage_only_the_latest_valid_reminder_goes_and_the_missed_are_shown(
    meeting, people, reminded, outbox, post_box
):
    assert reminded(THIRD + 3 * MINUTE) == EVERYBODY
    assert outbox() == [
        ("clara", 1, "sent"), ("clara", 2, "expired"), ("clara", 14, "expired"),
        ("haruto", 2, "sent"), ("haruto", 14, "expired"),
        ("luca", 1, "sent"), ("luca", 2, "expired"), ("luca", 14, "expired"),
    ]  # fmt: skip
    subjects = {letter.message["List-Id"]: letter.message["Subject"] for letter in post_box.letters}
    assert "Tomorrow: " in subjects["<event-reminder.localhost>"]
    assert reminded(THIRD + 4 * MINUTE) == []


def test_an_outage_over_the_start_shows_all_reminders_as_missed(meeting, people, reminded, outbox):
    assert reminded(START) == []
    assert {state for _, _, state in outbox()} == {"expired"}
    assert [days for name, days, _ in outbox() if name == "clara"] == [1, 2, 14]
    before = outbox()
    assert reminded(START + DAY) == []
    assert outbox() == before


def test_a_letter_that_waited_for_the_server_expires_when_the_next_is_due(meeting, people, reminded, outbox, post_box):
    post_box.trouble = RelayDown("connection refused")
    assert reminded(FIRST) == []
    assert {state for _, _, state in outbox()} == {"pending"}
    post_box.trouble = None
    assert reminded(SECOND) == EVERYBODY
    assert outbox() == sorted([(name, 14, "expired") for name in EVERYBODY] + [(name, 2, "sent") for name in EVERYBODY])


def test_a_meeting_confirmed_late_is_reminded_of_at_once_and_nothing_counts_as_missed(
    make_event, people, reminded, outbox, clock
):
    clock.move_to(SECOND + DAY)
    make_event(group_keys=("asian",))
    assert reminded(SECOND + DAY) == EVERYBODY
    assert outbox() == [(name, 2, "sent") for name in EVERYBODY]


def test_a_person_who_came_later_has_missed_nothing(meeting, people, make_person, reminded, outbox, clock):
    clock.move_to(SECOND + DAY)
    make_person("nora", "CH")
    assert "nora" in reminded(SECOND + DAY)
    assert [row for row in outbox() if row[0] == "nora"] == [("nora", 2, "sent")]


def test_a_person_appointed_later_has_missed_nothing(session, meeting, people, reminded, outbox, clock):
    clock.move_to(SECOND + DAY)
    appoint(session, people["dan"], "CH", "contact-point", clock.now())
    assert "dan" in reminded(SECOND + DAY)
    assert [row for row in outbox() if row[0] == "dan"] == [("dan", 2, "sent")]


def test_whose_post_has_ended_is_not_reminded(session, meeting, people, reminded):
    people["haruto"].posts[0].valid_to = date(2027, 2, 15)
    people["luca"].posts[0].valid_to = date(2027, 2, 16)
    session.commit()
    assert reminded(FIRST) == ORGANISERS
    assert reminded(SECOND) == ["clara"]


def test_the_chairs_contact_point_is_an_organiser_from_the_decision_on(make_event, people, make_person, reminded):
    make_person("cyprian", "CY")
    make_event(starts_on=date(2026, 12, 8))
    # The Mediterranean chair of 2026 is open: secretaries organise, everybody else is invited.
    assert reminded(utc(2026, 12, 7, 12)) == ["clara", "cyprian", "leila", "luca"]


def test_on_the_last_day_an_open_chair_leaves_only_the_secretaries(make_event, people, reminded):
    make_event(starts_on=date(2026, 12, 8), start_time=time(15), end_time=time(17))
    assert reminded(utc(2026, 12, 4, 12)) == ["clara", "leila", "luca"]
    assert reminded(utc(2026, 12, 7, 8)) == ["clara"]


def test_an_override_makes_its_state_the_organiser(make_event, people, reminded):
    make_event(group_keys=("asian",), chair_override_code="JP", chair_override_reason="agreed in the group")
    reminded(SECOND)
    assert reminded(THIRD) == ["clara", "haruto"]


@pytest.mark.parametrize("status", ["draft", "proposed", "postponed", "cancelled"])
def test_only_confirmed_meetings_are_reminded_of(make_event, people, reminded, status):
    make_event(status, group_keys=("asian",))
    assert reminded(FIRST) == reminded(THIRD) == []


def test_who_may_not_see_a_meeting_is_not_reminded_of_it(make_event, people, reminded):
    make_event(group_keys=("asian",), visibility="secretariat")
    assert "haruto" not in reminded(FIRST)


def test_other_kinds_have_no_reminders(make_event, people, reminded):
    make_event(kind_key="permanent-council", group_keys=())
    assert reminded(FIRST) == reminded(THIRD) == []


def test_a_moved_meeting_is_reminded_of_anew(meeting, people, reminded, change):
    assert reminded(FIRST) == EVERYBODY
    change(starts_on=date(2027, 3, 3), ends_on=date(2027, 3, 3))
    assert reminded(FIRST + MINUTE) == []
    assert reminded(FIRST + DAY) == EVERYBODY


def test_a_reminder_of_a_meeting_that_moved_is_not_sent_and_revives_if_it_moves_back(
    meeting, people, reminded, change, post_box, outbox
):
    post_box.trouble = RelayDown("connection refused")
    assert reminded(FIRST) == []
    change(starts_on=date(2027, 3, 3), ends_on=date(2027, 3, 3))
    post_box.trouble = None
    assert reminded(FIRST + 3 * MINUTE) == []
    assert outbox() == [(name, 14, "superseded") for name in EVERYBODY]
    change(starts_on=date(2027, 3, 2), ends_on=date(2027, 3, 2))
    assert reminded(FIRST + 4 * MINUTE) == EVERYBODY
    assert outbox() == [(name, 14, "sent") for name in EVERYBODY]


def test_a_reminder_that_was_sent_does_not_go_again_after_moving_there_and_back(meeting, people, reminded, change):
    assert reminded(FIRST) == EVERYBODY
    change(start_time=time(9))
    change(start_time=time(10))
    assert reminded(FIRST + MINUTE) == []


def test_another_title_makes_no_new_reminder(meeting, people, reminded, change):
    assert reminded(FIRST) == EVERYBODY
    change(theme="Migration", place="Elsewhere")
    assert reminded(FIRST + MINUTE) == []


def test_another_zone_makes_a_new_reminder(meeting, people, reminded, change):
    assert reminded(FIRST) == EVERYBODY
    change(time_zone="Asia/Tokyo")
    assert reminded(FIRST + MINUTE) == EVERYBODY


def test_a_letter_about_a_meeting_that_was_cancelled_is_not_sent(
    session, meeting, people, reminded, post_box, outbox, clock
):
    post_box.trouble = RelayDown("connection refused")
    assert reminded(FIRST) == []
    take_step(session, meeting, "cancel", clock.now(), reason="no room")
    post_box.trouble = None
    assert reminded(FIRST + 3 * MINUTE) == []
    assert {state for _, _, state in outbox()} == {"superseded"}


def test_a_contact_point_of_a_partner_of_the_other_group_hears_nothing(meeting, people, reminded):
    assert "leila" not in reminded(FIRST) + reminded(SECOND) + reminded(THIRD)


def test_the_morning_is_that_of_the_events_zone(make_event, people, reminded):
    make_event(group_keys=("asian",), time_zone="Asia/Tokyo")
    assert reminded(utc(2027, 2, 15, 23, 59)) == []
    assert reminded(utc(2027, 2, 16, 0)) == EVERYBODY
