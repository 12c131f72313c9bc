"""On which days people are reminded: an event's own days win over its group's, its kind's and the data."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import select

from events_app.events.actions.writing import change_event
from events_app.events.models import Kind
from events_app.events.rules.details import details_of
from events_app.mail.outcomes import RelayDown
from events_app.reminders.actions import prefer_letters
from events_app.reminders.day_rules import checked_days, set_days_of_event, set_days_of_kind
from events_app.reminders.deriving.event_reminders import event_reminders
from events_app.reminders.errors import UnfitDaysError
from events_app.reminders.preview import postings, with_event_days
from events_app.reminders.queries import day_rules
from events_app.reminders.rules import CONTACT_POINTS, ORGANISERS, days_for
from events_app.trail.models import TrailEntry


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


FIRST, SECOND, THIRD = utc(2027, 2, 16, 8), utc(2027, 2, 26, 8), utc(2027, 3, 1, 8)
MINUTE = timedelta(minutes=1)
EVERYBODY = ["clara", "haruto", "luca"]


@pytest.fixture
def for_event(session, clock):
    def decide(event, organisers=None, contact_points=None):
        days = {ORGANISERS: organisers, CONTACT_POINTS: contact_points}
        dropped = set_days_of_event(session, event, days, clock.now())
        session.commit()
        return dropped

    return decide


@pytest.fixture
def for_kind(session, clock):
    def decide(group_key="", kind_key="contact-group-meeting", organisers=None, contact_points=None):
        kind = session.get_one(Kind, kind_key)
        days = {ORGANISERS: organisers, CONTACT_POINTS: contact_points}
        dropped = set_days_of_kind(session, kind, group_key, days, clock.now())
        session.commit()
        return dropped

    return decide


@pytest.fixture
def days_of(session):
    def read(event, part=ORGANISERS):
        return days_for(event, part, day_rules(session))

    return read


def test_an_events_own_days_win_over_its_groups_its_kinds_and_the_data(meeting, for_event, for_kind, days_of):
    assert days_of(meeting) == (14, 2, 1)
    for_kind(organisers=(10,))
    assert days_of(meeting) == (10,)
    for_kind("asian", organisers=(7,))
    assert days_of(meeting) == (7,)
    for_event(meeting, organisers=(5, 3))
    assert days_of(meeting) == (5, 3)
    assert days_of(meeting, CONTACT_POINTS) == (14, 2)


def test_days_that_are_taken_back_leave_what_held_before(meeting, for_event, for_kind, days_of):
    for_kind("asian", organisers=(7,))
    for_event(meeting, organisers=(5,))
    for_event(meeting)
    assert days_of(meeting) == (7,)
    for_kind("asian")
    assert days_of(meeting) == (14, 2, 1)


def test_a_rule_of_one_group_says_nothing_about_the_other(make_event, for_kind, days_of):
    mediterranean = make_event()
    for_kind("asian", organisers=(7,))
    assert days_of(mediterranean) == (14, 2, 1)


def test_where_groups_meet_the_days_of_each_count(make_event, for_kind, days_of):
    joint = make_event(kind_key="joint-meeting", group_keys=("mediterranean", "asian"))
    for_kind("asian", "joint-meeting", organisers=(7,))
    for_kind("mediterranean", "joint-meeting", organisers=(3,))
    assert days_of(joint) == (7, 3)


def test_an_event_of_no_days_is_reminded_of_by_nobody(meeting, people, for_event, reminded):
    for_event(meeting, organisers=(), contact_points=())
    assert reminded(FIRST) == reminded(SECOND) == reminded(THIRD) == []


def test_an_event_of_a_kind_without_reminders_has_them_if_somebody_says_so(make_event, people, for_event, reminded):
    council = make_event(kind_key="permanent-council", group_keys=())
    for_event(council, organisers=(14,))
    assert reminded(FIRST) == ["clara"]


def test_the_longest_rule_is_kept_though_holidays_move_it_back(make_event, people, for_event, reminded):
    # Sixty days before Monday, 8 March 2027 is Thursday, 7 January.
    event = make_event(group_keys=("asian",), starts_on=date(2027, 3, 8))
    for_event(event, contact_points=(60,), organisers=())
    assert reminded(utc(2027, 1, 7, 8) - MINUTE) == []
    assert reminded(utc(2027, 1, 7, 8)) == ["haruto"]


def test_a_reminder_on_the_day_itself_goes_in_the_morning(make_event, people, for_event, reminded):
    event = make_event(group_keys=("asian",), start_time=time(15), end_time=time(17))
    for_event(event, contact_points=(0,), organisers=())
    assert reminded(utc(2027, 3, 2, 8)) == ["haruto"]


@pytest.mark.parametrize("days", [(61,), (-1,), (1, 2, 3, 4, 5, 6)])
def test_too_many_days_or_days_too_far_off_are_refused(days):
    with pytest.raises(UnfitDaysError):
        checked_days(days)


def test_days_are_kept_each_once_in_order():
    assert checked_days([1, 14, 1, 2, 0]) == (14, 2, 1, 0)


def test_a_waiting_reminder_that_the_rules_no_longer_ask_for_is_not_sent(
    meeting, people, for_event, reminded, outbox, post_box
):
    post_box.trouble = RelayDown("connection refused")
    assert reminded(FIRST) == []
    assert for_event(meeting, organisers=(7,), contact_points=(14,)) == 2
    post_box.trouble = None
    assert reminded(FIRST + 3 * MINUTE) == ["haruto"]
    assert outbox() == [("clara", 14, "superseded"), ("haruto", 14, "sent"), ("luca", 14, "superseded")]


def test_a_reminder_that_was_taken_back_returns_with_its_rule(meeting, people, for_event, reminded, outbox, post_box):
    post_box.trouble = RelayDown("connection refused")
    assert reminded(FIRST) == []
    for_event(meeting, organisers=(7,), contact_points=(7,))
    for_event(meeting)
    post_box.trouble = None
    assert reminded(FIRST + 3 * MINUTE) == EVERYBODY
    assert {state for _, _, state in outbox()} == {"sent"}


def test_a_rule_for_the_kind_takes_back_what_waits_of_all_its_events(
    make_event, people, for_kind, reminded, outbox, post_box
):
    for hour in (10, 15):
        make_event(group_keys=("asian",), start_time=time(hour), end_time=time(hour + 1))
    post_box.trouble = RelayDown("connection refused")
    assert reminded(FIRST) == []
    assert for_kind(organisers=(2,), contact_points=(2,)) == 6


def test_who_was_reminded_is_not_reminded_again_because_the_rules_changed(make_event, people, for_event, reminded):
    # Both rules fall on the same Friday: the letter of the one must not be followed by that of the other.
    event = make_event(group_keys=("asian",), starts_on=date(2027, 3, 8))
    assert reminded(utc(2027, 3, 5, 8)) == EVERYBODY
    for_event(event, organisers=(14, 2))
    assert reminded(utc(2027, 3, 5, 9)) == []
    for_event(event, organisers=(14, 10, 3))
    assert reminded(utc(2027, 3, 5, 10)) == []


def test_a_moved_meeting_is_reminded_of_anew_though_its_readers_were_reminded_of_it_as_it_was(
    meeting, people, reminded, session, clock
):
    assert reminded(SECOND) == EVERYBODY
    moved = replace(details_of(meeting), start_time=time(11))
    change_event(session, meeting, moved, meeting.version, clock.now())
    session.commit()
    assert reminded(SECOND + MINUTE) == EVERYBODY


def test_that_days_were_changed_stands_in_the_trail(meeting, people, session, clock):
    set_days_of_event(session, meeting, {ORGANISERS: (3,)}, clock.now(), by_id=people["clara"].id)
    session.commit()
    entry = session.scalars(select(TrailEntry).where(TrailEntry.verb == "set-reminders")).one()
    assert (entry.person_id, entry.thing, entry.thing_id) == (people["clara"].id, "event", str(meeting.id))


def test_a_preview_shows_exactly_who_hears_when(meeting, people, session, clock):
    found = postings(session, [meeting], day_rules(session), clock.now())
    names = [(posting.at, sorted(person.name.lower() for person in posting.people)) for posting in found]
    assert names == [(FIRST, EVERYBODY), (SECOND, EVERYBODY), (THIRD, ["clara", "luca"])]
    assert not any(posting.is_now for posting in found)


def test_what_a_preview_shows_is_what_goes(meeting, people, session, clock, for_event, reminded):
    tried = with_event_days(day_rules(session), meeting.id, {ORGANISERS: (5,), CONTACT_POINTS: (20, 3)})
    shown = {
        posting.at: sorted(person.name.lower() for person in posting.people)
        for posting in postings(session, [meeting], tried, clock.now())
    }
    for_event(meeting, (5,), (20, 3))
    assert len(shown) == 3
    assert {at: reminded(at) for at in sorted(shown)} == shown


def test_a_preview_names_what_would_go_at_once_and_leaves_out_what_went(meeting, people, session, clock, reminded):
    assert reminded(FIRST) == EVERYBODY
    clock.move_to(SECOND + MINUTE)
    found = postings(session, [meeting], day_rules(session), clock.now())
    assert [(posting.is_now, len(posting.people)) for posting in found] == [(True, 3), (False, 2)]


def test_a_preview_leaves_out_who_wants_no_reminders(meeting, people, session, clock):
    prefer_letters(session, people["haruto"].id, {"event-reminder": "never"})
    [first, *_] = postings(session, [meeting], day_rules(session), clock.now())
    assert sorted(person.name for person in first.people) == ["Clara", "Luca"]


def test_a_preview_changes_nothing(meeting, people, session, clock, outbox):
    before = day_rules(session)
    postings(session, [meeting], with_event_days(before, meeting.id, {ORGANISERS: (1,)}), clock.now())
    assert (day_rules(session), outbox()) == (before, [])


@pytest.mark.parametrize("count", [1, 6])
def test_deriving_asks_the_database_equally_often_for_one_event_and_for_six(
    make_event, make_person, for_event, session, clock, engine, count
):
    for number in range(count):
        event = make_event(group_keys=("asian",), start_time=time(8 + number), end_time=time(9 + number))
        for_event(event, organisers=(14, 3))
        make_person(f"reader{number}", "JP")
    clock.move_to(FIRST)
    session.expire_all()
    asked = []
    sql_event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    letters = list(event_reminders(session, clock.now()))
    assert (len(letters), len(asked)) == (count * count, 14)
