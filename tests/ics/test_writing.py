import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st

from events_app.ics.entry import DaySpan, Entry, TimedSpan
from events_app.ics.plain_text import clean_text
from events_app.ics.vtimezone import zone_bytes
from events_app.ics.writing import CalendarHead, calendar_bytes, entry_bytes

Build = Callable[..., Entry]

HEAD = CalendarHead("Partners", "All meetings", "Europe/Vienna", "https://calendar.example/", "teal")
texts = st.text(st.characters(codec=None, categories=None), min_size=1)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def lines_of(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")[:-1]


def read(*pieces: bytes) -> icalendar.Calendar:
    data = calendar_bytes(HEAD, [zone_bytes("Europe/Vienna", 2026, 2028)], pieces)
    calendar = icalendar.Calendar.from_ical(data)
    assert isinstance(calendar, icalendar.Calendar)
    assert not [part for part in calendar.walk() if part.errors]
    return calendar


def read_text(value: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


def test_an_event_is_written_property_by_property_in_a_fixed_order(entry_with: Build) -> None:
    entry = entry_with(
        description="Chair: Poland",
        location="Hofburg",
        language="de",
        categories=("Mediterranean, all", "Meeting"),
        conference="https://meet.example/1",
        contact="Section for External Co-operation",
        parent_uid="parent@calendar.example",
        color="teal",
        alarm=timedelta(minutes=15),
    )
    assert lines_of(entry_bytes(entry)) == [
        "BEGIN:VEVENT",
        "UID:6f1c@calendar.example",
        "SEQUENCE:2",
        "DTSTAMP:20261002T093000Z",
        "LAST-MODIFIED:20261002T093000Z",
        "CREATED:20260901T080000Z",
        "DTSTART;TZID=Europe/Vienna:20270302T150000",
        "DTEND;TZID=Europe/Vienna:20270302T170000",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "SUMMARY;LANGUAGE=de:Mediterranean Contact Group",
        r"DESCRIPTION;LANGUAGE=de:Chair: Poland\n\nhttps://meet.example/1",
        "LOCATION;LANGUAGE=de:Hofburg",
        r"CATEGORIES;LANGUAGE=de:Mediterranean\, all,Meeting",
        "URL:https://calendar.example/events/7",
        "CONFERENCE;VALUE=URI:https://meet.example/1",
        "CONTACT:Section for External Co-operation",
        "CLASS:PUBLIC",
        "RELATED-TO;RELTYPE=PARENT:parent@calendar.example",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "X-MICROSOFT-CDO-ALLDAYEVENT:FALSE",
        "COLOR:teal",
        "BEGIN:VALARM",
        "UID:alarm-6f1c@calendar.example",
        "ACTION:DISPLAY",
        "TRIGGER:-PT15M",
        "DESCRIPTION;LANGUAGE=de:Mediterranean Contact Group",
        "END:VALARM",
        "END:VEVENT",
    ]


def test_what_an_event_does_not_have_is_not_written(entry_with: Build) -> None:
    names = [re.split("[;:]", line)[0] for line in lines_of(entry_bytes(entry_with()))]
    absent = {"DESCRIPTION", "LOCATION", "CATEGORIES", "CONFERENCE", "CONTACT", "RELATED-TO", "COLOR"}
    assert not absent & set(names)
    assert not {"ORGANIZER", "ATTENDEE", "DURATION", "RRULE", "METHOD"} & set(names)
    assert len(names) - 2 == len(set(names) - {"BEGIN", "END"})


def test_whole_days_end_on_the_day_after_and_have_no_zone(entry_with: Build) -> None:
    written = lines_of(entry_bytes(entry_with(when=DaySpan(date(2027, 10, 4), date(2027, 10, 5)))))
    assert "DTSTART;VALUE=DATE:20271004" in written
    assert "DTEND;VALUE=DATE:20271006" in written
    assert "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE" in written


@pytest.mark.parametrize(
    ("status", "is_transparent", "transp", "busy"),
    [
        ("CONFIRMED", False, "OPAQUE", "BUSY"),
        ("CONFIRMED", True, "TRANSPARENT", "FREE"),
        ("TENTATIVE", False, "OPAQUE", "TENTATIVE"),
        ("TENTATIVE", True, "TRANSPARENT", "FREE"),
        ("CANCELLED", False, "TRANSPARENT", "FREE"),
    ],
)
def test_status_says_whether_time_is_taken(
    entry_with: Build, status: str, is_transparent: bool, transp: str, busy: str
) -> None:
    written = lines_of(entry_bytes(entry_with(status=status, is_transparent=is_transparent)))
    assert f"STATUS:{status}" in written
    assert f"TRANSP:{transp}" in written
    assert f"X-MICROSOFT-CDO-BUSYSTATUS:{busy}" in written


@pytest.mark.parametrize(
    ("hour", "start", "end"),
    [
        (-1, "DTSTART:20271030T230000Z", "DTEND:20271031T000000Z"),
        (0, "DTSTART:20271031T000000Z", "DTEND:20271031T010000Z"),
        (1, "DTSTART:20271031T010000Z", "DTEND:20271031T020000Z"),
        (2, "DTSTART;TZID=Europe/Vienna:20271031T030000", "DTEND;TZID=Europe/Vienna:20271031T040000"),
    ],
)
def test_an_event_that_touches_the_repeated_hour_is_in_utc(entry_with: Build, hour: int, start: str, end: str) -> None:
    starts_at = utc(2027, 10, 31) + timedelta(hours=hour)
    when = TimedSpan(starts_at, starts_at + timedelta(hours=1), "Europe/Vienna")
    assert {start, end} <= set(lines_of(entry_bytes(entry_with(when=when))))


@pytest.mark.parametrize(("lead", "trigger"), [(15, "-PT15M"), (60, "-PT1H"), (1440, "-P1D")])
def test_an_alarm_comes_before_the_start(entry_with: Build, lead: int, trigger: str) -> None:
    assert f"TRIGGER:{trigger}" in lines_of(entry_bytes(entry_with(alarm=timedelta(minutes=lead))))


def test_a_link_that_people_can_read_already_is_not_repeated(entry_with: Build) -> None:
    entry = entry_with(location="Online: https://meet.example/1", conference="https://meet.example/1")
    assert "DESCRIPTION" not in entry_bytes(entry).decode()


def test_a_link_cannot_smuggle_in_a_property(entry_with: Build) -> None:
    entry = entry_with(conference="https://meet.example/\r\nATTENDEE:mailto:x@y.example", url="a\nMETHOD:X")
    assert not [line for line in lines_of(entry_bytes(entry)) if line.startswith(("ATTENDEE", "METHOD"))]


def test_equal_entries_give_equal_bytes(entry_with: Build) -> None:
    assert entry_bytes(entry_with(summary="Réunion")) == entry_bytes(entry_with(summary="Réunion"))


@given(texts, texts, texts)
def test_any_text_survives_writing_and_reading(
    entry_with: Build, summary: str, description: str, location: str
) -> None:
    entry = entry_with(summary=summary, description=description, location=location)
    written = entry_bytes(entry)
    found = dict(line.split(":", 1) for line in lines_of(written))
    assert read_text(found["SUMMARY;LANGUAGE=en"]) == clean_text(summary)
    assert read_text(found["DESCRIPTION;LANGUAGE=en"]) == clean_text(description)
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert written == entry_bytes(entry)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\\")))
def test_the_library_reads_back_what_was_written(entry_with: Build, text: str) -> None:
    event = read(entry_bytes(entry_with(summary=text, categories=(text, "b")))).events[0]
    assert event["SUMMARY"] == clean_text(text)
    assert event["SUMMARY"].params["LANGUAGE"] == "en"


@pytest.mark.parametrize("text", ["الاجتماع المشترك", "Совместное заседание", "合同会議", "👩‍👩‍👧‍👦 ไทย עברית"])
def test_every_script_reaches_the_reader(entry_with: Build, text: str) -> None:
    assert read(entry_bytes(entry_with(summary=text * 20))).events[0]["SUMMARY"] == text * 20


def test_a_reader_finds_the_instants_of_the_event(entry_with: Build) -> None:
    found = recurring_ical_events.of(read(entry_bytes(entry_with()))).at((2027, 3, 2))
    assert [(event.start, event.end) for event in found] == [(utc(2027, 3, 2, 14), utc(2027, 3, 2, 16))]


def test_a_calendar_introduces_itself_before_any_component(entry_with: Build) -> None:
    zone, event = zone_bytes("Europe/Vienna", 2026, 2028), entry_bytes(entry_with())
    data = calendar_bytes(HEAD, [zone], [event])
    assert lines_of(data[: data.index(zone)]) == [
        "BEGIN:VCALENDAR",
        "PRODID:-//Partnership Calendar//Feeds//EN",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        "NAME:Partners",
        "X-WR-CALNAME:Partners",
        "X-WR-CALDESC:All meetings",
        "X-WR-TIMEZONE:Europe/Vienna",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "SOURCE;VALUE=URI:https://calendar.example/",
        "URL:https://calendar.example/",
        "COLOR:teal",
        "X-APPLE-CALENDAR-COLOR:#008080",
    ]
    assert data.endswith(zone + event + b"END:VCALENDAR\r\n")


def test_a_download_carries_no_name_and_no_refresh(entry_with: Build) -> None:
    data = calendar_bytes(None, [], [entry_bytes(entry_with())])
    assert lines_of(data)[:5] == [
        "BEGIN:VCALENDAR",
        "PRODID:-//Partnership Calendar//Feeds//EN",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
    ]
    assert data.count(b"UID:") == 1


def test_an_empty_calendar_is_still_a_calendar() -> None:
    assert [part.name for part in read().subcomponents] == ["VTIMEZONE"]


def test_one_changed_event_leaves_the_bytes_of_the_others(entry_with: Build) -> None:
    kept: dict[str, Any] = {"uid": "kept@calendar.example"}
    first = read_pieces(entry_with(**kept), entry_with(summary="before"))
    second = read_pieces(entry_with(**kept), entry_with(summary="after"))
    assert first[0] == second[0]
    assert first[1] != second[1]


def read_pieces(*entries: Entry) -> list[bytes]:
    return [entry_bytes(entry) for entry in entries]
