"""The reminder of an event: what it says to whom, in which language and on whose clocks."""

from datetime import UTC, date, datetime, time

import pytest
from icalendar import Calendar

from events_app.events.rules.details import AgendaPoint, DocumentLink
from events_app.people.actions import prefer

LINK = "https://meet.example/1"


@pytest.fixture
def meeting(make_event):
    return make_event(
        group_keys=("asian",), theme="Transport & trade", format="hybrid", joining_link=LINK, place="Hofburg, Ratsaal",
        agenda=(AgendaPoint(date(2027, 3, 2), time(10), "Opening <remarks>", "The Chair"),),
        documents=(DocumentLink("agenda", "Draft agenda", "https://docs.example/1"),),
    )  # fmt: skip


@pytest.fixture
def reader(make_person, session):
    def make(name="haruto", state="JP", language="en", zone="Europe/Vienna", **known):
        person = make_person(name, state, **known)
        prefer(session, person, language, zone)
        session.commit()
        return person

    return make


def attached(message):
    [part] = message.iter_attachments()
    return part


def test_a_reminder_says_what_when_where_and_who_chairs(meeting, reader, letters, parts):
    reader()
    message = letters()["haruto"]
    assert message["Subject"] == "In 14 days: Meeting of the Asian Contact Group: Transport & trade"
    text, html = parts(message)
    for words in (
        "Meeting of the Asian Contact Group: Transport & trade", "first meeting of 2027",
        "Tuesday, 2 March 2027, 10:00–13:00", "Austria", "Hofburg, Ratsaal", "Chair: Switzerland",
        "10:00 Opening <remarks> (The Chair)", "Draft agenda: https://docs.example/1",
        f"http://localhost/events/{meeting.id}",
    ):  # fmt: skip
        assert words in text.replace("at ", "")
    assert "Transport &amp; trade" in html
    assert "Opening &lt;remarks&gt;" in html
    assert "<remarks>" not in html
    assert f'href="http://localhost/events/{meeting.id}"' in html


def test_a_reader_whose_zone_is_gone_is_told_the_time_in_vienna(make_event, reader, letters, parts):
    make_event(group_keys=("asian",), time_zone="Asia/Tokyo")
    reader(zone="Europe/Vienna").time_zone = "Mars/Phobos"
    for words in parts(letters()["haruto"]):
        assert "10:00" in words and "02:00" in words


def test_both_zones_are_named_only_when_they_differ(meeting, reader, letters, parts):
    reader()
    reader("kenji", "JP", zone="Asia/Tokyo")
    reader("berta", "DE", zone="Europe/Berlin")
    sent = letters()
    for name, is_shown in (("haruto", False), ("kenji", True), ("berta", False)):
        for part in parts(sent[name]):
            assert "10:00–13:00" in part
            assert ("18:00–21:00" in part) is is_shown
            assert ("(Japan)" in part) is is_shown


def test_a_reader_beyond_the_date_line_reads_the_day_as_well(meeting, reader, letters, parts):
    reader("sam", "US", zone="America/Los_Angeles")
    text, _ = parts(letters()["sam"])
    assert "01:00–04:00" in text
    assert text.count("2 March 2027") == 2


def test_an_arabic_reader_reads_arabic_from_right_to_left(meeting, reader, letters, parts):
    reader("leila", "KR", language="ar", zone="Asia/Seoul")
    message = letters()["leila"]
    text, html = parts(message)
    assert message["Content-Language"] == "ar"
    assert 'lang="ar" dir="rtl"' in html
    assert any("\u0600" <= sign <= "\u06ff" for sign in message["Subject"])
    for english in ("Meeting of the", "In 14 days", "Chair:", "Tuesday", "Open the event", "first meeting"):
        assert english not in text + html + message["Subject"]
    assert "Transport & trade" in text
    calendar = Calendar.from_ical(attached(message).get_content())
    assert calendar.walk("VEVENT")[0]["SUMMARY"].params["LANGUAGE"] == "ar"


def test_the_event_is_attached_for_the_readers_calendar(meeting, reader, letters):
    reader()
    part = attached(letters()["haruto"])
    assert part.get_content_type() == "text/calendar"
    assert part.get_filename() == "contact-group-meeting-2027-03-02.ics"
    [component] = Calendar.from_ical(part.get_content()).walk("VEVENT")
    assert (component["UID"], component["SEQUENCE"]) == (meeting.uid, meeting.sequence)
    assert component["DTSTART"].dt.astimezone(UTC) == meeting.starts_at


def test_the_joining_link_goes_to_those_who_may_see_it(make_event, reader, letters, parts):
    make_event(group_keys=("asian",), joining_link=LINK, visibility="partners")
    reader()
    reader("luca", "CH")
    for message in letters().values():
        assert all(LINK in part for part in parts(message))
        assert LINK in attached(message).get_content()


def test_a_meeting_without_a_link_names_none(make_event, reader, letters, parts):
    make_event(group_keys=("asian",))
    reader()
    text, html = parts(letters()["haruto"])
    assert "To join" not in text + html


def test_an_open_chair_is_to_be_determined(make_event, reader, letters, parts):
    make_event()
    reader("sara", "SE")
    assert "Chair: to be determined" in parts(letters()["sara"])[0]


def test_an_override_says_that_it_is_one(make_event, reader, letters, parts):
    make_event(chair_override_code="MT", chair_override_reason="agreed in the group")
    reader("sara", "SE")
    text, _ = parts(letters()["sara"])
    assert "Malta" in text
    assert "agreed in the group" in text


@pytest.mark.parametrize(
    ("at", "subject"),
    [
        (datetime(2027, 2, 16, 8, tzinfo=UTC), "In 14 days: "),
        (datetime(2027, 2, 26, 8, tzinfo=UTC), "In 4 days: "),
        (datetime(2027, 3, 1, 8, tzinfo=UTC), "Tomorrow: "),
        (datetime(2027, 3, 2, 7, tzinfo=UTC), "Today: "),
    ],
)
def test_the_subject_counts_the_days_that_are_left(meeting, reader, letters, at, subject):
    reader()
    assert letters(at)["haruto"]["Subject"].startswith(subject)


def test_nothing_that_people_wrote_adds_a_header(make_event, make_person, session, letters, post_box):
    hostile = "Water\r\nBcc: spy@evil.example\r\n\r\nBody"
    make_event(group_keys=("asian",), theme=hostile, place=hostile)
    person = make_person("haruto", "JP")
    person.name = 'Mori" <spy@evil.example>, "x\r\nBcc: spy@evil.example'
    session.commit()
    message = letters()["haruto"]
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["To"].addresses] == ["haruto@delegations.example"]
    head = post_box.letters[0].rendered.split(b"\r\n\r\n")[0]
    assert not any(line.startswith((b"Bcc", b"Body")) for line in head.split(b"\r\n"))
    assert "Water Bcc: spy@evil.example" in message["Subject"]


@pytest.mark.parametrize("theme", ["{title}", "{0.__class__}", "{", "100 % {count}", "<b>bold</b>"])
def test_a_theme_is_taken_word_for_word(make_event, reader, letters, parts, theme):
    make_event(group_keys=("asian",), theme=theme)
    reader()
    message = letters()["haruto"]
    assert message["Subject"].endswith(f": {theme}")
    text, html = parts(message)
    assert theme in text
    assert "<b>" not in html


def test_the_headers_are_those_of_an_automatic_letter(meeting, reader, letters):
    reader()
    message = letters()["haruto"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["References"] == f"<{meeting.uid}>"
    assert message["List-Id"] == "<event-reminder.localhost>"
    assert message["From"].addresses[0].addr_spec == "partners@calendar.example"
    assert message["Date"].datetime == datetime(2027, 2, 16, 8, tzinfo=UTC)


def test_an_all_day_meeting_has_no_hours(make_event, reader, letters, parts):
    make_event(group_keys=("asian",), start_time=None, end_time=None)
    reader(zone="Asia/Tokyo")
    text, _ = parts(letters()["haruto"])
    assert "Tuesday, 2 March 2027 (" in text
    assert "Japan" not in text
