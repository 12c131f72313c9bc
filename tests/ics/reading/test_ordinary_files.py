"""Files as the usual programs write them are read as they are meant."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from events_app.ics.entry import DaySpan, TimedSpan
from events_app.ics.reading import NORMAL, ReadCalendar, read_calendar

ORDINARY = Path(__file__).parents[2] / "corpus" / "ordinary"


def read_file(name: str, zone_name: str | None = None) -> ReadCalendar:
    content = (ORDINARY / f"{name}.ics").read_bytes()
    return read_calendar(content, NORMAL, date(2026, 1, 1), date(2030, 12, 31), zone_name)


def span(day: tuple[int, int, int], start: tuple[int, int], end: tuple[int, int], zone_name: str) -> TimedSpan:
    """Return a span of one day, its hours in UTC."""
    return TimedSpan(datetime(*day, *start, tzinfo=UTC), datetime(*day, *end, tzinfo=UTC), zone_name)


def test_outlook() -> None:
    calendar = read_file("outlook")
    meeting, conference = calendar.items
    assert meeting.when == span((2027, 3, 2), (14, 0), (16, 0), "Europe/Vienna")
    assert meeting.uid == "040000008200E00074C5B7101A82E00800000000B0A1C2D3E4F5DA01000000000000000010000000AABBCCDDEEFF"
    assert (meeting.summary, meeting.location, meeting.sequence) == (
        "Contact Group with Partners",
        "Hofburg, Neuer Saal",
        3,
    )
    assert meeting.description == "Dear colleagues,\n\nplease find the agenda attached."
    assert conference.when == DaySpan(date(2027, 6, 7), date(2027, 6, 8))
    assert calendar.problems == ()


def test_outlook_with_the_name_that_it_shows_to_people() -> None:
    (item,) = read_file("outlook-display-name").items
    assert item.when == span((2027, 7, 2), (13, 0), (14, 30), "Europe/Vienna")


def test_google() -> None:
    calendar = read_file("google")
    assert calendar.name == "Partners"
    assert [item.when for item in calendar.items if item.position == 1] == [
        span((2027, 3, 16), (9, 30), (11, 0), "Europe/Vienna"),
        span((2027, 4, 6), (8, 30), (10, 0), "Europe/Vienna"),
        span((2027, 4, 13), (8, 30), (10, 0), "Europe/Vienna"),
    ]
    moved, conference = calendar.items[3:]
    assert moved.when == span((2027, 3, 31), (7, 0), (8, 0), "Europe/Vienna")
    assert moved.recurrence == "2027-03-30T08:30:00+00:00"
    assert (conference.when, conference.status) == (DaySpan(date(2027, 10, 4), date(2027, 10, 5)), "TENTATIVE")
    assert conference.is_transparent
    assert calendar.items[0].description == "Join here (https://meet.example/abc?x=1&y=2)\nBring papers"


def test_apple() -> None:
    calendar = read_file("apple")
    assert calendar.name == "Réunions"
    assert [item.when for item in calendar.items] == [
        span((2027, 9, 21), (15, 0), (16, 30), "Europe/Paris"),
        span((2027, 10, 19), (15, 0), (16, 30), "Europe/Paris"),
        span((2027, 11, 16), (16, 0), (17, 30), "Europe/Paris"),
    ]
    assert calendar.items[0].location == "Ambassade\nVienne"
    assert calendar.items[0].url == "https://partner.example/réunion"


def test_indico() -> None:
    (item,) = read_file("indico").items
    assert item.when == TimedSpan(
        datetime(2027, 10, 12, 7, tzinfo=UTC), datetime(2027, 10, 13, 16, tzinfo=UTC), zone_name="UTC"
    )
    assert "Day one\nDay two" in item.description.replace("\n\n", "\n")
    assert item.url == "https://events.partner.example/event/4711/"


def test_thunderbird() -> None:
    (item,) = read_file("thunderbird").items
    assert item.when == span((2027, 5, 11), (7, 30), (9, 0), "Europe/Vienna")
    assert item.categories == ("Meeting", "Politics, security")
    assert item.description == "bold: plain"


@pytest.mark.parametrize(
    ("name", "summary"),
    [
        ("latin-1", "Große Sitzung für Gäste"),
        ("windows-1252", "„Sitzung“ – Österreich"),
        ("byte-order-mark", "Sitzung für Gäste"),
        ("mixed-line-ends", "Sitzung für Gäste"),
        ("folded-inside-a-letter", "Gäste"),
    ],
)
def test_texts_are_read_whatever_their_encoding_and_line_ends(name: str, summary: str) -> None:
    (item,) = read_file(name).items
    assert item.summary == summary
    assert item.when == span((2027, 3, 2), (14, 0), (16, 0), "UTC")


def test_a_floating_time_asks_for_a_zone_even_if_the_calendar_names_one() -> None:
    assert [problem.reason for problem in read_file("floating").problems] == ["needs-time-zone"]
    (item,) = read_file("floating", "Asia/Tokyo").items
    assert item.when == span((2027, 3, 2), (5, 0), (7, 0), "Asia/Tokyo")
