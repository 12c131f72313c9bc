"""Letters on missing answers: five working days and one before the last day, to those alone who have not answered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from events_app.events.actions.attendance import answer_invitation
from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.models import Invitation
from events_app.events.rules.attendance import AnswerDetails
from events_app.events.rules.details import details_of
from events_app.mail.kinds import ANSWER_MISSING
from events_app.mail.models import OutboxMessage
from events_app.mail.outcomes import RelayDown
from events_app.reminders.actions import decline


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FIRST, SECOND = utc(2027, 2, 12, 8), utc(2027, 2, 18, 8)  # answers by Friday, 19 February
END = utc(2027, 2, 19, 23)
CONTACTS = ["haruto", "luca"]


@pytest.fixture
def meeting(make_event):
    return make_event(group_keys=("asian",), answer_by=date(2027, 2, 19))


@pytest.fixture
def asked(run_pass, post_box, clock):
    """Run a pass at an instant; return who was asked for an answer, by name."""

    def at(instant):
        clock.move_to(instant)
        before = len(post_box.letters)
        run_pass()
        new = [letter for letter in post_box.letters[before:] if ANSWER_MISSING in letter.message["List-Id"]]
        return sorted(letter.address.partition("@")[0] for letter in new)

    return at


@pytest.fixture
def answered(session, clock, meeting, people):
    def give(name, code, answer="attends"):
        answer_invitation(session, meeting, code, AnswerDetails(answer), clock.now(), people[name].id)
        session.commit()

    return give


@pytest.fixture
def invite(session, clock, meeting, people):
    def add(name, code, withdrawn_at=None):
        row = Invitation(
            event_id=meeting.id, person_id=people[name].id, state_code=code, invited_at=clock.now(),
            withdrawn_at=withdrawn_at,
        )  # fmt: skip
        session.add(row)
        session.commit()

    return add


@pytest.fixture
def states(session):
    def rows():
        session.expire_all()
        found = session.scalars(select(OutboxMessage).where(OutboxMessage.letter == ANSWER_MISSING)).all()
        return sorted((row.address.partition("@")[0], row.facts["days"], row.state) for row in found)

    return rows


def test_contact_points_of_the_invited_are_asked_twice_and_nobody_else(meeting, people, asked):
    assert asked(FIRST - MINUTE) == []
    assert asked(FIRST) == CONTACTS
    assert asked(FIRST + MINUTE) == asked(SECOND - MINUTE) == []
    assert asked(SECOND) == CONTACTS
    assert asked(SECOND + MINUTE) == asked(END) == []


@pytest.mark.parametrize("answer", ["attends", "declines"])
def test_whose_delegation_answered_is_not_asked(meeting, people, asked, answered, answer):
    answered("dan", "JP", answer)
    assert asked(FIRST) == ["luca"]
    answered("luca", "CH", answer)
    assert asked(SECOND) == []


def test_an_answer_that_comes_while_the_letter_waits_stops_it(meeting, people, asked, answered, post_box, states):
    post_box.trouble = RelayDown("connection refused")
    assert asked(FIRST) == []
    answered("haruto", "JP")
    post_box.trouble = None
    assert asked(FIRST + 3 * MINUTE) == ["luca"]
    assert states() == [("haruto", 5, "superseded"), ("luca", 5, "sent")]


def test_holidays_of_vienna_are_no_working_days(make_event, people, asked):
    make_event(group_keys=("asian",), starts_on=date(2027, 4, 20), answer_by=date(2027, 3, 30))
    assert asked(utc(2027, 3, 22, 7, 59)) == []
    assert asked(utc(2027, 3, 22, 8)) == CONTACTS
    assert asked(utc(2027, 3, 26, 7, 59)) == []
    assert asked(utc(2027, 3, 26, 8)) == CONTACTS  # the day before is Easter Monday


def test_the_morning_is_that_of_the_events_zone(make_event, people, asked):
    make_event(group_keys=("asian",), answer_by=date(2027, 2, 19), time_zone="Asia/Tokyo")
    assert asked(utc(2027, 2, 11, 23, 59)) == []
    assert asked(utc(2027, 2, 12)) == CONTACTS


def test_where_people_were_invited_by_mail_they_alone_are_asked(meeting, people, asked, invite):
    invite("haruto", "JP")
    assert asked(FIRST) == ["haruto"]


def test_a_withdrawn_invitation_asks_nobody(meeting, people, asked, invite, clock):
    invite("haruto", "JP")
    invite("luca", "CH", withdrawn_at=clock.now())
    assert asked(FIRST) == ["haruto"]


@pytest.mark.parametrize("status", ["draft", "postponed", "cancelled"])
def test_where_no_answers_are_taken_nobody_is_asked(make_event, people, asked, status):
    make_event(status, group_keys=("asian",), answer_by=date(2027, 2, 19))
    assert asked(FIRST) == []


def test_a_meeting_that_is_cancelled_while_the_letter_waits_stops_it(session, meeting, people, asked, post_box, clock):
    post_box.trouble = RelayDown("connection refused")
    assert asked(FIRST) == []
    take_step(session, meeting, "cancel", clock.now(), reason="no room")
    post_box.trouble = None
    assert asked(FIRST + 3 * MINUTE) == []


def test_another_last_day_asks_anew(session, meeting, people, asked, clock):
    assert asked(FIRST) == CONTACTS
    details = replace(details_of(meeting), answer_by=date(2027, 2, 24))
    change_event(session, meeting, details, meeting.version, clock.now())
    assert asked(FIRST + MINUTE) == []
    assert asked(utc(2027, 2, 17, 8)) == CONTACTS


def test_an_event_without_a_last_day_asks_nobody(make_event, people, asked):
    make_event(group_keys=("asian",))
    assert asked(FIRST) == asked(SECOND) == []


def test_a_last_day_set_late_has_missed_nothing(session, make_event, people, asked, states, clock):
    clock.move_to(SECOND)
    make_event(group_keys=("asian",), answer_by=date(2027, 2, 19))
    assert asked(SECOND) == CONTACTS
    assert states() == [("haruto", 1, "sent"), ("luca", 1, "sent")]


def test_after_an_outage_only_the_latest_goes_and_the_missed_is_shown(meeting, people, asked, states):
    assert asked(SECOND + MINUTE) == CONTACTS
    assert states() == [("haruto", 1, "sent"), ("haruto", 5, "expired"), ("luca", 1, "sent"), ("luca", 5, "expired")]


def test_who_declined_these_letters_gets_none(session, meeting, people, asked):
    decline(session, people["luca"].id, ANSWER_MISSING)
    assert asked(FIRST) == ["haruto"]


def test_who_may_not_see_the_meeting_is_not_asked(make_event, people, asked):
    make_event(group_keys=("asian",), answer_by=date(2027, 2, 19), visibility="secretariat")
    assert asked(FIRST) == []
