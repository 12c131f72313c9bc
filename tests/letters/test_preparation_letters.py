"""Letters on steps of preparation: one a day to whom something is left to do, and reminders that speak of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import details_of
from events_app.mail.kinds import EVENT_REMINDER, PREPARATION_DUE
from events_app.mail.models import OutboxMessage
from events_app.mail.outcomes import TryLater
from events_app.people.actions import prefer
from events_app.reminders.actions import prefer_letters
from events_app.reminders.models import IN_DIGEST, NOT_AT_ALL
from events_app.reminders.preparation.actions import StepEntry, add_step, change_step, tick_step

NINE = datetime(2027, 2, 16, 8, tzinfo=UTC)  # ten working days before 2 March: the draft agenda is due
LATE = datetime(2027, 2, 18, 8, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def people(make_person):
    """A secretary, somebody of the chair of 2027's Asian meetings, and somebody who is invited."""
    people = {"clara": make_person("clara", secretary=True), "luca": make_person("luca", "CH")}
    return {**people, "haruto": make_person("haruto", "JP")}


@pytest.fixture
def meeting(make_event):
    return make_event(group_keys=("asian",), theme="Transport")


@pytest.fixture
def sent(run_pass, post_box, clock):
    """Run a pass at an instant; return the letters of a sort that it sent, by name."""

    def at(instant, letter=PREPARATION_DUE):
        clock.move_to(instant)
        before = len(post_box.letters)
        run_pass()
        new = [found for found in post_box.letters[before:] if f"<{letter}." in found.message["List-Id"]]
        assert len(new) == len({found.address for found in new})
        return {found.address.partition("@")[0]: found.message for found in new}

    return at


@pytest.fixture
def states(session):
    def rows():
        session.expire_all()
        found = session.scalars(select(OutboxMessage).where(OutboxMessage.letter == PREPARATION_DUE))
        return sorted((row.address.partition("@")[0], row.facts["day"], row.state) for row in found)

    return rows


def text_of(message):
    return message.get_body(("plain",)).get_content()


def test_a_step_of_nobody_is_told_to_all_organisers_at_nine_in_vienna_on_its_day_once(meeting, people, sent):
    assert sent(NINE - MINUTE) == {}
    assert sorted(sent(NINE)) == ["clara", "luca"]
    assert sent(NINE + 9 * 60 * MINUTE) == {}


def test_it_is_told_again_two_working_days_later_and_then_no_more(meeting, people, sent):
    sent(NINE)
    assert sent(NINE + DAY) == {}
    assert "Due since Tuesday, 16 February 2027" in text_of(sent(LATE)["clara"])
    assert sent(LATE + DAY) == {}


def test_a_step_of_somebody_is_told_to_nobody_else(meeting, people, sent, session):
    change_step(session, meeting, "draft-agenda", StepEntry(-10, people["luca"].id), NINE - DAY)
    assert list(sent(NINE)) == ["luca"]


def test_all_steps_of_a_day_make_one_letter(meeting, people, make_event, sent, parts, session):
    other = make_event(group_keys=("mediterranean",), starts_on=date(2027, 3, 2), theme="Water <and> sun")
    add_step(session, meeting, StepEntry(-8, name="Order the interpreters"), NINE - DAY)
    letters = sent(LATE)
    assert letters["clara"]["Subject"] == "3 steps of preparation are due"
    text, html = parts(letters["clara"])
    for words in ("Order the interpreters", "Circulate the draft agenda", "Transport", "Water <and> sun",
                  "Due on Thursday, 18 February 2027", f"http://localhost/events/{other.id}/preparation",
                  "http://localhost/desk", "2 March 2027"):  # fmt: skip
        assert words in text
    assert "Water &lt;and&gt; sun" in html
    assert "Water" not in text_of(letters["luca"])


def test_a_single_step_stands_in_the_subject_in_the_readers_language(meeting, people, sent, session):
    prefer(session, people["luca"], "de", "Europe/Vienna")
    found = sent(NINE)
    assert found["clara"]["Subject"] == (
        "Due: Circulate the draft agenda (Meeting of the Asian Contact Group: Transport)"
    )
    assert "Den Entwurf der Tagesordnung verteilen" in text_of(found["luca"])


def test_what_was_ticked_before_the_letter_goes_is_not_in_it(meeting, people, sent, session, states):
    tick_step(session, meeting, "draft-agenda", NINE - MINUTE)
    assert sent(NINE) == {}
    assert states() == []


def test_a_letter_that_waits_is_written_anew_or_not_at_all_when_steps_were_ticked(
    meeting, people, sent, session, post_box, states
):
    add_step(session, meeting, StepEntry(-10, name="Order the interpreters"), NINE - DAY)
    for person in people.values():
        post_box.answers[person.email] = TryLater("451 later")
    assert sent(NINE) == {}
    tick_step(session, meeting, "draft-agenda", NINE + MINUTE)
    post_box.answers.pop(people["clara"].email)
    text = text_of(sent(NINE + 10 * MINUTE)["clara"])
    assert ("Order the interpreters" in text, "draft agenda" in text) == (True, False)
    tick_step(session, meeting, "own-1", NINE + 11 * MINUTE)
    post_box.answers.clear()
    assert sent(NINE + 60 * MINUTE) == {}
    assert states() == [("clara", "2027-02-16", "sent"), ("luca", "2027-02-16", "superseded")]


@pytest.mark.parametrize("deed", ["cancel", "hide"])
def test_who_may_no_longer_prepare_an_event_hears_nothing_of_its_steps(deed, meeting, people, sent, session, post_box):
    post_box.answers[people["luca"].email] = TryLater("451 later")
    sent(NINE)
    post_box.answers.clear()
    if deed == "cancel":
        take_step(session, meeting, "cancel", NINE, reason="Because.")
    else:
        hidden = details_of(meeting).__class__(**{**vars(details_of(meeting)), "visibility": "secretariat"})
        change_event(session, meeting, hidden, meeting.version, NINE)
    assert sent(NINE + 60 * MINUTE) == {}


def test_an_outage_of_a_day_is_shown_and_tells_nothing_late(meeting, people, sent, states):
    assert sent(NINE + DAY) == {}
    assert states() == [("clara", "2027-02-16", "expired"), ("luca", "2027-02-16", "expired")]
    assert sorted(sent(LATE)) == ["clara", "luca"]


def test_what_was_agreed_after_its_day_was_never_missed(people, make_event, sent, states, clock):
    clock.move_to(NINE + DAY)
    make_event(group_keys=("asian",))
    assert sent(NINE + DAY + MINUTE) == {}
    assert states() == []


@pytest.mark.parametrize("mode", [IN_DIGEST, NOT_AT_ALL])
def test_who_does_not_want_it_singly_gets_none_and_reads_it_in_the_digest_if_wanted(
    mode, meeting, people, sent, session
):
    prefer_letters(session, people["clara"].id, {PREPARATION_DUE: mode})
    digests = sent(datetime(2027, 2, 15, 7, tzinfo=UTC), "weekly-digest")
    told = text_of(digests["clara"]) if "clara" in digests else ""
    assert ("Circulate the draft agenda" in told) == (mode == IN_DIGEST)
    assert "Confirm the speakers" not in told
    assert list(sent(NINE)) == ["luca"]


def test_reminders_to_organisers_speak_of_what_is_still_to_be_done(meeting, people, sent, session):
    tick_step(session, meeting, "announce", NINE - DAY)
    reminders = sent(NINE, EVENT_REMINDER)
    for words in ("Still to be done", "Tue, 16 Feb 2027: Circulate the draft agenda", "Confirm the speakers"):
        assert words in text_of(reminders["luca"])
    for words in ("Announce the meeting", "Circulate the summary"):
        assert words not in text_of(reminders["luca"])
    assert "Still to be done" not in text_of(reminders["haruto"])


def test_a_reminder_that_waits_tells_no_steps_to_who_no_longer_organises(meeting, people, sent, session, post_box):
    post_box.answers[people["luca"].email] = TryLater("451 later")
    sent(NINE)
    post_box.answers.clear()
    meeting.chair_override_code, meeting.chair_override_reason = "FI", "Agreed otherwise"
    text = text_of(sent(NINE + 60 * MINUTE, EVENT_REMINDER)["luca"])
    assert "Still to be done" not in text
