"""The notice of a change: what was and is on both clocks, why, and the event for a calendar."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from icalendar import Calendar

from events_app.events.actions.inviting import invite
from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import AgendaPoint, details_of
from events_app.people.actions import prefer
from events_app.reminders.changes import open_notice, values_of

TITLE = "Meeting of the Asian Contact Group: Transport & trade"
LATER = {"start_time": time(15), "end_time": time(18)}


@pytest.fixture
def meeting(make_event):
    return make_event(group_keys=("asian",), theme="Transport & trade", place="Hofburg, Ratsaal")


@pytest.fixture
def reader(make_person, session):
    def make(name="haruto", state="JP", language="en", zone="Europe/Vienna", **known):
        person = make_person(name, state, **known)
        prefer(session, person, language, zone)
        session.commit()
        return person

    return make


@pytest.fixture
def tell(session, clock, run_pass, post_box):
    """Change an event or take a step, tell of it and run a pass; return the letters by name."""

    def apply(event, step="", reason="", note="", **changes):
        was = values_of(event)
        if changes:
            change_event(session, event, replace(details_of(event), **changes), event.version, clock.now())
        if step:
            take_step(session, event, step, clock.now(), reason=reason)
        open_notice(session, event, was, None, clock.now(), note)
        clock.advance(timedelta(minutes=10))
        run_pass()
        return {letter.address.partition("@")[0]: letter.message for letter in post_box.letters}

    return apply


def test_a_move_says_what_was_and_what_is(meeting, reader, tell, parts):
    reader()
    message = tell(meeting, **LATER, note="The room was taken.")["haruto"]
    assert message["Subject"] == f"Moved: {TITLE}"
    for part in parts(message):
        for words in (
            "Was: Tuesday, 2 March 2027 at 10:00–13:00 (Austria)",
            "Now: Tuesday, 2 March 2027 at 15:00–18:00 (Austria)",
            "Hofburg, Ratsaal", "The room was taken.", f"http://localhost/events/{meeting.id}",
        ):  # fmt: skip
            assert words.replace(" at ", ", ") in part.replace(" at ", ", ")
        assert part.count("Austria") == 2


def test_a_reader_elsewhere_reads_both_on_the_clocks_there(meeting, reader, tell, parts):
    reader(zone="Asia/Tokyo")
    for part in parts(tell(meeting, **LATER)["haruto"]):
        assert "18:00–21:00 (Japan)" in part
        assert "23:00" in part and "02:00" in part
        assert part.count("(Japan)") == 2


def test_another_zone_is_a_move_even_at_the_same_hour(meeting, reader, tell, parts):
    reader(zone="Asia/Tokyo")
    text, _ = parts(tell(meeting, time_zone="Asia/Tokyo")["haruto"])
    assert "10:00–13:00 (Austria)" in text
    assert "Now: " in text and "10:00–13:00 (Japan)" in text


def test_whole_days_have_no_hours(meeting, reader, tell, parts):
    reader(zone="Asia/Tokyo")
    text, _ = parts(tell(meeting, start_time=None, end_time=None, ends_on=date(2027, 3, 3))["haruto"])
    assert "10:00" in text.partition("Now:")[0]
    assert ":00" not in text.partition("Now:")[2].partition("http")[0]


def test_another_place_says_which_it_was(meeting, reader, tell, parts):
    reader()
    message = tell(meeting, place="Segmentgalerie")["haruto"]
    assert message["Subject"] == f"New place: {TITLE}"
    for part in parts(message):
        assert "Place until now: Hofburg, Ratsaal" in part
        assert "Place: Segmentgalerie" in part
        assert "Was:" not in part


def test_another_title_says_what_it_was_and_other_changes_are_named(meeting, reader, tell, parts):
    reader()
    agenda = (AgendaPoint(date(2027, 3, 2), time(10), "Opening"),)
    message = tell(meeting, theme="Roads", agenda=agenda, description="New.")["haruto"]
    assert message["Subject"] == "Changed: Meeting of the Asian Contact Group: Roads"
    text, html = parts(message)
    assert f"Before: {TITLE}" in text
    assert "Transport &amp; trade" in html
    assert "Also changed: Agenda, Description" in text and "Also changed: Agenda, Description" in html


@pytest.mark.parametrize(("step", "word"), [("cancel", "Cancelled"), ("postpone", "Postponed")])
def test_a_step_says_why(meeting, reader, tell, parts, step, word):
    reader()
    message = tell(meeting, step=step, reason="No quorum <yet>.")["haruto"]
    assert message["Subject"] == f"{word}: {TITLE}"
    text, html = parts(message)
    assert "Reason: No quorum <yet>." in text
    assert "Reason: No quorum &lt;yet&gt;." in html
    assert "10:00–13:00" in text


def test_a_confirmation_of_a_draft_says_nothing_of_how_it_was(make_event, reader, tell, parts):
    draft = make_event("draft", group_keys=("asian",), place="A secret place")
    reader()
    message = tell(draft, step="confirm", place="Hofburg", **LATER)["haruto"]
    assert message["Subject"] == "Confirmed: Meeting of the Asian Contact Group"
    for part in parts(message):
        assert "15:00–18:00" in part
        assert "10:00" not in part and "secret" not in part


def test_another_joining_link_is_named_and_stands_in_the_calendar_alone(meeting, reader, tell, parts):
    reader()
    message = tell(meeting, joining_link="https://meet.example/2")["haruto"]
    for part in parts(message):
        assert "Also changed: Joining link" in part
        assert "meet.example" not in part
    assert "meet.example" in next(message.iter_attachments()).get_content()


def test_without_an_invitation_the_event_is_attached_as_a_file(meeting, reader, tell):
    reader()
    [part] = tell(meeting, **LATER)["haruto"].iter_attachments()
    assert part.get_filename() == "contact-group-meeting-2027-03-02.ics"
    [component] = Calendar.from_ical(part.get_content()).walk("VEVENT")
    assert (component["UID"], component["SEQUENCE"], component["DTSTART"].dt.hour) == (meeting.uid, 2, 15)


@pytest.mark.parametrize(
    ("change", "method"), [(LATER, "REQUEST"), ({"step": "cancel", "reason": "No room."}, "CANCEL")]
)
def test_an_invited_readers_calendar_gets_the_update(meeting, reader, tell, session, clock, change, method):
    haruto = reader()
    invite(session, meeting, [(haruto, "JP")], clock.now())
    session.commit()
    message = tell(meeting, **change)["haruto"]
    [part] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_content())
    assert calendar["METHOD"] == method == part.get_param("method")
    [component] = calendar.walk("VEVENT")
    assert (component["UID"], component["SEQUENCE"]) == (meeting.uid, 2)


def test_nothing_that_people_wrote_adds_a_header(make_event, reader, tell):
    hostile = "Water\r\nBcc: spy@evil.example\r\n\r\nBody"
    event = make_event(group_keys=("asian",), theme=hostile)
    reader()
    message = tell(event, place=hostile, note=hostile)["haruto"]
    assert message["Bcc"] is None
    assert "Water Bcc: spy@evil.example" in message["Subject"]


def test_the_letter_belongs_to_the_thread_of_its_event(meeting, reader, tell):
    reader()
    message = tell(meeting, **LATER)["haruto"]
    assert message["References"] == f"<{meeting.uid}>"
    assert message["List-Id"] == "<change-notice.localhost>"
