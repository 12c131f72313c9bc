"""What readers prefer is kept to: not at all, in the digest, own lead times, quiet hours."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import select

from events_app.events.actions.inviting import invite, withdraw
from events_app.mail.actions.outbox import NewLetter, enqueue
from events_app.mail.kinds import CHANGE_NOTICE, DELIVERY_TROUBLE, EVENT_REMINDER, INVITATION, SIGN_IN_LINK
from events_app.mail.models import PENDING, STOPPED, SUPERSEDED, OutboxMessage, Restoration
from events_app.people.actions import prefer, prefer_times
from events_app.reminders.actions import decline, prefer_letters
from events_app.reminders.errors import InvalidPreferenceError
from events_app.reminders.models import AT_ONCE, IN_DIGEST, NOT_AT_ALL, LetterPreference
from events_app.reminders.preferences import as_preferred

FIRST, SECOND = datetime(2027, 2, 16, 8, tzinfo=UTC), datetime(2027, 2, 26, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def quiet(session):
    def make(person, begins=time(22), ends=time(7), zone="America/New_York"):
        prefer(session, person, "en", zone)
        prefer_times(session, person, [], begins, ends)
        session.commit()

    return make


def letter_for(person, kind=EVENT_REMINDER, due_at=FIRST, **more):
    return NewLetter(f"{kind}:{person.id}", kind, person.email, due_at, person_id=person.id, **more)


@pytest.mark.parametrize("mode", [IN_DIGEST, NOT_AT_ALL])
def test_who_does_not_want_reminders_singly_gets_none(session, meeting, people, reminded, mode):
    prefer_letters(session, people["luca"].id, {EVENT_REMINDER: mode})
    assert reminded(FIRST) == ["clara", "haruto"]


def test_another_letter_declined_changes_nothing(session, meeting, people, reminded):
    prefer_letters(session, people["luca"].id, {CHANGE_NOTICE: NOT_AT_ALL, EVENT_REMINDER: AT_ONCE})
    assert "luca" in reminded(FIRST)


def test_who_changes_the_mind_before_it_is_too_late_is_reminded(session, meeting, people, reminded):
    decline(session, people["luca"].id, EVENT_REMINDER)
    assert "luca" not in reminded(FIRST)
    prefer_letters(session, people["luca"].id, {EVENT_REMINDER: AT_ONCE})
    assert reminded(FIRST + MINUTE) == ["luca"]


def test_what_waits_in_the_outbox_is_not_sent_to_whoever_declines_it(session, meeting, people, quiet, reminded):
    quiet(people["luca"])
    assert "luca" not in reminded(FIRST)
    decline(session, people["luca"].id, EVENT_REMINDER)
    assert reminded(FIRST + timedelta(hours=5)) == []


@pytest.mark.parametrize("letter", [INVITATION, SIGN_IN_LINK, DELIVERY_TROUBLE])
def test_what_nobody_may_decline_always_comes(session, people, letter):
    luca = people["luca"]
    session.add(LetterPreference(person_id=luca.id, letter=letter, mode=NOT_AT_ALL))
    prefer_times(session, luca, [], time(0), time(23, 59))
    session.commit()
    given = letter_for(luca, letter)
    assert as_preferred(session, [given], FIRST) == [given]
    with pytest.raises(InvalidPreferenceError):
        decline(session, luca.id, letter)


def test_an_unknown_letter_or_mode_is_refused(session, people):
    for modes in ({"newsletter": AT_ONCE}, {EVENT_REMINDER: "sometimes"}):
        with pytest.raises(InvalidPreferenceError):
            prefer_letters(session, people["luca"].id, modes)


def test_a_letter_that_falls_into_the_night_comes_in_the_morning(meeting, people, quiet, reminded):
    quiet(people["luca"])
    assert reminded(FIRST) == ["clara", "haruto"]
    morning = datetime(2027, 2, 16, 12, tzinfo=UTC)
    assert reminded(morning - MINUTE) == []
    assert reminded(morning) == ["luca"]


def test_nothing_about_an_event_within_48_hours_is_put_off(make_event, people, quiet, reminded):
    make_event(group_keys=("asian",), starts_on=date(2027, 3, 3))
    quiet(people["luca"])
    assert "luca" in reminded(datetime(2027, 3, 2, 8, tzinfo=UTC))


def test_a_change_of_what_was_to_begin_within_48_hours_is_not_put_off(session, meeting, people, quiet):
    quiet(people["luca"])
    was = {"starts_on": "2027-02-17", "start_time": "10:00:00", "time_zone": "Europe/Vienna"}
    close = letter_for(people["luca"], CHANGE_NOTICE, event_id=meeting.id, facts={"was": was})
    assert as_preferred(session, [close], FIRST) == [close]
    whole_day = {**was, "start_time": None, "starts_on": "2027-02-25"}
    far = letter_for(people["luca"], CHANGE_NOTICE, event_id=meeting.id, facts={"was": whole_day})
    assert [letter.due_at for letter in as_preferred(session, [far], FIRST)] == [datetime(2027, 2, 16, 12, tzinfo=UTC)]


@pytest.mark.parametrize("mode", [IN_DIGEST, NOT_AT_ALL])
def test_a_change_goes_to_whoever_was_invited_as_it_moves_the_event_in_that_calendar(session, meeting, people, mode):
    prefer_letters(session, people["luca"].id, {CHANGE_NOTICE: mode})
    notice = letter_for(people["luca"], CHANGE_NOTICE, event_id=meeting.id)
    assert as_preferred(session, [notice], FIRST) == []
    [invitation] = invite(session, meeting, [(people["luca"], "IT")], FIRST)
    assert as_preferred(session, [notice], FIRST) == [notice]
    withdraw(session, meeting, [invitation], FIRST)
    assert as_preferred(session, [notice], FIRST) == []


def test_a_change_that_waits_for_whoever_was_invited_goes_though_notices_are_declined(session, meeting, people):
    for name in ("luca", "haruto"):
        enqueue(session, [letter_for(people[name], CHANGE_NOTICE, event_id=meeting.id)], "x", FIRST, host="localhost")
    invite(session, meeting, [(people["luca"], "CH")], FIRST)
    for name in ("luca", "haruto"):
        decline(session, people[name].id, CHANGE_NOTICE)
    states = {row.person_id: row.state for row in session.scalars(select(OutboxMessage))}
    assert states == {people["luca"].id: PENDING, people["haruto"].id: SUPERSEDED}


def test_what_would_be_too_late_in_the_morning_goes_at_night(session, people, quiet):
    quiet(people["luca"])
    urgent = letter_for(people["luca"], expires_at=datetime(2027, 2, 16, 12, tzinfo=UTC))
    assert as_preferred(session, [urgent], FIRST) == [urgent]
    patient = letter_for(people["luca"], expires_at=datetime(2027, 2, 16, 12, 1, tzinfo=UTC))
    assert as_preferred(session, [patient], FIRST)[0].due_at == datetime(2027, 2, 16, 12, tzinfo=UTC)


def test_a_letter_that_an_outage_brought_into_the_night_waits_too(session, people, quiet):
    quiet(people["luca"])
    late = letter_for(people["luca"], due_at=FIRST - timedelta(hours=12))
    assert as_preferred(session, [late], FIRST)[0].due_at == datetime(2027, 2, 16, 12, tzinfo=UTC)


def test_what_was_perhaps_sent_before_a_backup_was_restored_is_not_put_off_but_stopped(session, people, quiet):
    quiet(people["luca"])
    night = FIRST + timedelta(hours=20)
    session.add(Restoration(taken_at=FIRST - MINUTE, restored_at=night))
    session.flush()
    letters = as_preferred(session, [letter_for(people["luca"])], night)
    enqueue(session, letters, "secret", night, host="localhost")
    assert session.scalars(select(OutboxMessage)).one().state == STOPPED


def test_own_lead_times_replace_those_of_the_rules(session, meeting, people, reminded, outbox):
    prefer_times(session, people["luca"], [7, 1], None, None)
    assert reminded(FIRST) == ["clara", "haruto"]
    assert reminded(datetime(2027, 2, 23, 8, tzinfo=UTC)) == ["luca"]
    assert reminded(SECOND) == ["clara", "haruto"]
    assert ("luca", 7, "sent") in outbox()


def test_own_lead_times_of_sixty_days_are_kept_to_over_holidays(session, make_event, people, reminded):
    make_event(group_keys=("asian",), starts_on=date(2027, 2, 26))
    prefer_times(session, people["luca"], [60], None, None)
    assert reminded(datetime(2026, 12, 28, 8, tzinfo=UTC)) == ["luca"]


def test_own_lead_times_do_not_make_reminders_where_there_are_none(session, make_event, people, reminded):
    make_event(kind_key="permanent-council", group_keys=())
    prefer_times(session, people["luca"], [14], None, None)
    assert reminded(FIRST) == []


def test_a_pass_asks_as_often_for_many_readers_as_for_one(session, meeting, make_person, quiet, engine):
    people = [make_person(f"reader{number}", "JP") for number in range(12)]
    for person in people:
        quiet(person)
        prefer_letters(session, person.id, {CHANGE_NOTICE: IN_DIGEST})
    session.commit()

    def count(readers):
        letters = [letter_for(person, event_id=meeting.id) for person in readers]
        asked: list[str] = []
        session.connection()

        def note(*call):
            asked.append(call[2])

        sql_event.listen(engine, "before_cursor_execute", note)
        as_preferred(session, letters, FIRST)
        sql_event.remove(engine, "before_cursor_execute", note)
        return len(asked)

    assert count(people[:1]) == count(people) == 4
