"""An invitation is the feed's component with METHOD, ORGANIZER and one ATTENDEE, and other readers take it for one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import vobject

from events_app.feeds.pieces import zone_pieces
from events_app.ics.entry import Entry, TimedSpan
from events_app.ics.invitation import Parties, invitation_bytes
from events_app.ics.writing import entry_bytes

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
ENTRY = Entry(
    uid="1@localhost",
    sequence=3,
    created_at=NOW - timedelta(days=9),
    modified_at=NOW - timedelta(days=2),
    when=TimedSpan(datetime(2027, 3, 2, 9, tzinfo=UTC), datetime(2027, 3, 2, 12, tzinfo=UTC), "Europe/Vienna"),
    status="CONFIRMED",
    summary="Meeting; Mediterranean, Контактная группа",
    url="http://localhost/events/1",
    alarm=timedelta(hours=1),
)
PARTIES = Parties("partners+7-abc@calendar.example", "ben@delegations.example")


def invitation(method="REQUEST", entry=ENTRY, parties=PARTIES):
    return invitation_bytes(entry, parties, method, zone_pieces([entry], NOW), NOW)


def read(content):
    calendar = icalendar.Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    return calendar, event


def test_a_request_names_the_mailbox_that_reads_answers_and_the_reader_who_is_asked():
    calendar, event = read(invitation())
    assert calendar["METHOD"] == "REQUEST"
    assert (event["ORGANIZER"], dict(event["ORGANIZER"].params)) == ("mailto:partners+7-abc@calendar.example", {})
    assert event["ATTENDEE"] == "mailto:ben@delegations.example"
    asked = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    assert dict(event["ATTENDEE"].params) == asked


def test_vobject_reads_the_same_event():
    event = vobject.readOne(invitation().decode()).vevent
    assert (event.uid.value, event.sequence.value) == ("1@localhost", "3")
    assert event.dtstart.value.astimezone(UTC) == datetime(2027, 3, 2, 9, tzinfo=UTC)
    assert (event.organizer.value, event.organizer.params) == ("mailto:partners+7-abc@calendar.example", {})
    assert event.attendee.params["PARTSTAT"] == ["NEEDS-ACTION"]
    assert event.summary.value == ENTRY.summary


def test_apart_from_the_parties_the_moment_and_the_alarm_it_says_what_the_feed_says():
    feed = entry_bytes(replace(ENTRY, alarm=None)).replace(b"\r\n ", b"").split(b"\r\n")
    told = invitation().split(b"BEGIN:VEVENT\r\n")[1].replace(b"\r\n ", b"").split(b"\r\n")
    assert set(feed) - set(told) == {b"BEGIN:VEVENT", b"DTSTAMP:20261119T090000Z"}
    assert b"DTSTAMP:20261121T090000Z" in told
    assert b"BEGIN:VALARM" not in told


def test_a_cancel_has_the_status_and_asks_for_no_answer():
    calendar, event = read(invitation("CANCEL"))
    assert (calendar["METHOD"], event["STATUS"], event["TRANSP"]) == ("CANCEL", "CANCELLED", "TRANSPARENT")
    assert "RSVP" not in event["ATTENDEE"].params


def test_what_was_answered_stands_in_the_next_request():
    _, event = read(invitation(parties=replace(PARTIES, partstat="DECLINED")))
    assert event["ATTENDEE"].params["PARTSTAT"] == "DECLINED"


def test_lines_end_in_crlf_and_hold_at_most_75_octets():
    lines = invitation(entry=replace(ENTRY, summary="Встреча " * 40)).split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


@pytest.mark.parametrize("address", ["o'brien+x@d.example", "a_b-c.d=e@d.example"])
def test_an_address_stands_as_it_is_as_far_as_a_uri_allows(address):
    _, event = read(invitation(parties=replace(PARTIES, attendee=address)))
    assert event["ATTENDEE"] == f"mailto:{address}"


def test_what_no_uri_holds_is_encoded():
    _, event = read(invitation(parties=replace(PARTIES, attendee="a%b?c#d@d.example")))
    assert event["ATTENDEE"] == "mailto:a%25b%3Fc%23d@d.example"
