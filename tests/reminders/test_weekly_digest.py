"""Weekly digests: to whom, on which Monday morning, of what, and never an empty one."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import DocumentLink, details_of
from events_app.mail.kinds import ANSWER_MISSING, EVENT_REMINDER, WEEKLY_DIGEST
from events_app.mail.models import OutboxMessage
from events_app.mail.outcomes import RelayDown, TryLater
from events_app.people.actions import appoint, prefer, prefer_times
from events_app.people.models import Person
from events_app.reminders.actions import decline, prefer_letters
from events_app.reminders.digest_week import week_of
from events_app.reminders.models import AT_ONCE, IN_DIGEST


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONDAY = utc(2027, 2, 22, 7)
QUIET_MONDAY = utc(2027, 1, 11, 7)
EVERYBODY = ["clara", "eva", "haruto", "luca"]


@pytest.fixture
def digests(run_pass, post_box, clock):
    """Run a pass at an instant; return the digests sent, by the name in the address."""

    def at(instant):
        clock.move_to(instant)
        before = len(post_box.letters)
        run_pass()
        new = [letter for letter in post_box.letters[before:] if "weekly-digest" in letter.message["List-Id"]]
        return {letter.address.partition("@")[0]: letter.message.get_body(("plain",)).get_content() for letter in new}

    return at


@pytest.fixture
def changed_on(session, clock):
    """Change an event at an instant."""

    def change(event, at, **changes):
        clock.move_to(at)
        change_event(session, event, replace(details_of(event), **changes), event.version, at)
        session.commit()

    return change


def test_it_comes_on_monday_at_eight_once_to_whoever_plans(meeting, people, digests):
    assert digests(MONDAY - MINUTE) == {}
    assert sorted(digests(MONDAY)) == EVERYBODY
    assert digests(MONDAY + MINUTE) == digests(MONDAY + DAY) == {}


@pytest.mark.parametrize(
    ("zone", "due"),
    [("Asia/Tokyo", utc(2027, 2, 21, 23)), ("Europe/Vienna", MONDAY), ("America/New_York", utc(2027, 2, 22, 13))],
)
def test_monday_morning_is_that_of_the_reader(session, meeting, people, digests, zone, due):
    prefer(session, people["luca"], "en", zone)
    assert "luca" not in digests(due - MINUTE)
    assert "luca" in digests(due)


@pytest.mark.parametrize(
    ("zone", "monday", "hours"),
    [
        ("Europe/Vienna", utc(2027, 3, 29, 6), 167), ("Europe/Vienna", utc(2027, 11, 1, 7), 169),
        ("America/New_York", utc(2027, 3, 15, 12), 167), ("America/New_York", utc(2027, 11, 8, 13), 169),
        ("Asia/Tokyo", utc(2027, 3, 28, 23), 168),
    ],
)  # fmt: skip
def test_weeks_follow_each_other_without_gap_when_clocks_change(zone, monday, hours):
    person = Person(time_zone=zone)
    week, before = week_of(person, monday), week_of(person, monday - timedelta(days=3))
    assert week.due_at == monday
    assert (before.due_at, before.ends_at) == (week.began_at, week.due_at)
    assert (week.due_at - week.began_at) / HOUR == hours


def test_a_week_is_named_as_it_is_counted_over_new_year():
    person = Person(time_zone="Europe/Vienna")
    assert week_of(person, utc(2027, 1, 3, 12)).name == "2026-W53"
    assert week_of(person, utc(2027, 1, 4, 12)).name == "2027-W01"


def test_a_week_in_which_nothing_comes_and_nothing_happened_has_no_digest(session, meeting, people, digests):
    assert digests(QUIET_MONDAY) == digests(QUIET_MONDAY + DAY) == {}
    assert session.scalars(select(OutboxMessage)).all() == []


def test_it_tells_what_comes_within_two_weeks(make_event, people, digests):
    make_event(group_keys=("asian",), starts_on=date(2027, 3, 5), theme="Within")
    make_event(group_keys=("asian",), starts_on=date(2027, 3, 9), theme="Beyond")
    text = digests(MONDAY)["haruto"]
    assert "Within" in text
    assert "Beyond" not in text


def test_it_tells_what_was_moved_in_the_last_seven_days(make_event, people, digests, changed_on):
    event = make_event(group_keys=("asian",), starts_on=date(2027, 6, 10), theme="Rivers")
    changed_on(event, MONDAY - DAY, starts_on=date(2027, 6, 11), ends_on=date(2027, 6, 11))
    text = digests(MONDAY)["haruto"]
    assert "Moved: Meeting of the Asian Contact Group: Rivers" in text
    assert "Was: Thursday, 10 June 2027" in text
    assert "Now: Friday, 11 June 2027" in text
    assert digests(MONDAY + 7 * DAY) == {}


def test_what_was_moved_there_and_back_is_no_news(make_event, people, digests, changed_on):
    event = make_event(group_keys=("asian",), starts_on=date(2027, 6, 10))
    changed_on(event, MONDAY - 2 * DAY, starts_on=date(2027, 6, 11), ends_on=date(2027, 6, 11))
    changed_on(event, MONDAY - DAY, starts_on=date(2027, 6, 10), ends_on=date(2027, 6, 10))
    assert digests(MONDAY) == {}


def test_what_was_confirmed_or_cancelled_is_told(session, make_event, people, digests, clock):
    cancelled = make_event(group_keys=("asian",), starts_on=date(2027, 6, 10), theme="Rivers")
    clock.move_to(MONDAY - DAY)
    make_event(group_keys=("asian",), starts_on=date(2027, 7, 1), theme="Borders")
    take_step(session, cancelled, "cancel", clock.now(), reason="no room")
    text = digests(MONDAY)["haruto"]
    assert "Confirmed: Meeting of the Asian Contact Group: Borders" in text
    assert "Cancelled: Meeting of the Asian Contact Group: Rivers" in text


def test_new_documents_are_told_and_old_links_beside_them_are_not(make_event, people, digests, changed_on):
    old, new = (DocumentLink("agenda", name, f"https://docs.example/{name}") for name in ("Aged", "Fresh"))
    event = make_event(group_keys=("asian",), starts_on=date(2027, 6, 10), documents=(old,))
    changed_on(event, MONDAY - DAY, documents=(old, new))
    text = digests(MONDAY)["haruto"]
    assert "Fresh" in text
    assert "Aged" not in text


def test_weekly_sittings_are_not_announced_but_their_cancellation_is(session, make_event, people, digests, clock):
    council = make_event(kind_key="permanent-council", group_keys=(), starts_on=date(2027, 2, 25))
    assert digests(MONDAY) == {}
    clock.move_to(MONDAY + DAY)
    take_step(session, council, "postpone", clock.now(), reason="strike")
    session.commit()
    assert digests(MONDAY + 7 * DAY) == {}
    later = make_event(kind_key="permanent-council", group_keys=(), starts_on=date(2027, 3, 18))
    take_step(session, later, "postpone", clock.now(), reason="strike")
    assert "Postponed" in digests(MONDAY + 14 * DAY)["haruto"]


def test_a_partner_of_the_other_group_reads_nothing_of_it(meeting, people, digests):
    assert "leila" not in digests(MONDAY)


@pytest.mark.parametrize(("visibility", "readers"), [("group", EVERYBODY), ("secretariat", ["clara"])])
def test_only_who_may_see_an_event_now_reads_of_it(make_event, people, digests, visibility, readers):
    make_event(group_keys=("asian",), visibility=visibility)
    assert sorted(digests(MONDAY)) == readers


def test_drafts_are_in_nobodys_digest(make_event, people, digests):
    make_event("draft", group_keys=("asian",), for_code="JP")
    assert digests(MONDAY) == {}


def test_what_an_event_was_before_it_was_opened_is_nobodys_news(make_event, people, digests, changed_on):
    event = make_event(
        group_keys=("asian",), starts_on=date(2027, 6, 10), visibility="secretariat", theme="Hidden theme"
    )
    changed_on(event, MONDAY - 3 * DAY, theme="Another", starts_on=date(2027, 6, 11), ends_on=date(2027, 6, 11))
    changed_on(event, MONDAY - 2 * DAY, visibility="group")
    assert "haruto" not in digests(MONDAY)
    changed_on(event, MONDAY + DAY, place="Elsewhere")
    text = digests(MONDAY + 7 * DAY)["haruto"]
    assert "10 June" not in text
    assert "Hidden" not in text


def test_a_delegate_gets_it_only_by_choice(session, meeting, people, digests):
    assert "dan" not in digests(MONDAY)
    prefer_letters(session, people["dan"].id, {WEEKLY_DIGEST: AT_ONCE})
    assert "dan" in digests(MONDAY + MINUTE)


def test_who_declined_it_gets_none(session, meeting, people, digests):
    decline(session, people["luca"].id, WEEKLY_DIGEST)
    assert sorted(digests(MONDAY)) == ["clara", "eva", "haruto"]


def test_whose_post_has_ended_gets_none(session, meeting, people, digests):
    people["haruto"].posts[0].valid_to = date(2027, 2, 21)
    session.commit()
    assert "haruto" not in digests(MONDAY)


def test_who_came_after_monday_morning_reads_the_next_one(session, meeting, people, make_person, digests, clock):
    olga = make_person("olga")
    clock.move_to(MONDAY + HOUR)
    make_person("nora", "CH")
    appoint(session, olga, "CH", "contact-point", clock.now(), valid_from=date(2027, 2, 23))
    assert digests(MONDAY + DAY).keys().isdisjoint({"nora", "olga"})
    assert "nora" in digests(MONDAY + 7 * DAY)


def test_reminders_in_the_digest_are_told_in_the_week_in_which_they_would_have_come(
    session, make_event, people, digests
):
    make_event(group_keys=("asian",), starts_on=date(2027, 3, 25), theme="Far")
    prefer_letters(session, people["luca"].id, {EVENT_REMINDER: IN_DIGEST})
    prefer_times(session, people["luca"], [28], None, None)
    assert "Far" in digests(MONDAY)["luca"]
    assert digests(MONDAY + 7 * DAY).keys() == set()


def test_missing_answers_are_told_to_whoever_wants_them_there(session, make_event, people, digests):
    event = make_event(group_keys=("asian",), starts_on=date(2027, 4, 20), answer_by=date(2027, 3, 4), theme="Rivers")
    prefer_letters(session, people["haruto"].id, {ANSWER_MISSING: IN_DIGEST})
    text = digests(MONDAY)
    assert list(text) == ["haruto"]
    assert "Your answer is missing" in text["haruto"]
    assert f"http://localhost/events/{event.id}/answer" in text["haruto"]


def test_an_outage_until_tuesday_delays_it_and_one_until_wednesday_ends_it(meeting, people, digests, post_box, session):
    post_box.trouble = RelayDown("connection refused")
    assert digests(MONDAY) == {}
    post_box.trouble = None
    assert sorted(digests(MONDAY + DAY)) == EVERYBODY
    post_box.trouble = RelayDown("connection refused")
    digests(MONDAY + 7 * DAY)
    post_box.trouble = None
    assert digests(MONDAY + 9 * DAY) == {}
    rows = session.scalars(select(OutboxMessage).where(OutboxMessage.letter == WEEKLY_DIGEST))
    states = {row.dedupe_key.split(":")[1]: row.state for row in rows}
    assert states == {"2027-W08": "sent", "2027-W09": "expired"}


def test_it_is_written_anew_when_what_it_tells_has_changed_before_it_goes(
    session, meeting, people, digests, post_box, changed_on
):
    for person in people.values():
        post_box.answers[person.email] = TryLater("451 later")
    assert digests(MONDAY) == {}
    post_box.answers.clear()
    changed_on(meeting, MONDAY + HOUR, visibility="secretariat")
    assert digests(MONDAY + 2 * HOUR) == {}
    assert list(digests(MONDAY + 2 * HOUR + MINUTE)) == ["clara"]


def test_it_goes_again_as_it_was_written_while_nothing_has_changed(meeting, people, digests, post_box):
    post_box.answers[people["luca"].email] = TryLater("451 later")
    assert "luca" not in digests(MONDAY)
    post_box.answers.clear()
    assert list(digests(MONDAY + HOUR)) == ["luca"]


def test_quiet_hours_put_it_off(session, meeting, people, digests):
    prefer_times(session, people["luca"], [], time(20), time(10))
    assert "luca" not in digests(MONDAY)
    assert list(digests(MONDAY + 2 * HOUR)) == ["luca"]
