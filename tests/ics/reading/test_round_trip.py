"""What our own feeds say is read back as it was."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events_app.ics.entry import DaySpan, Entry, TimedSpan
from events_app.ics.plain_text import clean_text
from events_app.ics.reading import NORMAL, ReadItem, read_calendar
from events_app.ics.reading.calendar import calendar_from
from events_app.ics.reading.scanning import scanned_lines
from events_app.ics.vtimezone import zone_bytes
from events_app.ics.writing import CalendarHead, calendar_bytes, entry_bytes

Build = Callable[..., Entry]
HEAD = CalendarHead("Partners; all, of them", "All meetings", "Europe/Vienna", "https://calendar.example/", "teal")
FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)
ZONES = ("Europe/Vienna", "Asia/Tokyo", "Australia/Sydney", "Asia/Jerusalem", "America/New_York", "Asia/Kabul")


def feed(*entries: Entry) -> bytes:
    pieces = [zone_bytes(name, 2026, 2031) for name in ZONES]
    return calendar_bytes(HEAD, pieces, [entry_bytes(entry) for entry in entries])


def read_back(entry: Entry) -> ReadItem:
    calendar = calendar_from(scanned_lines(feed(entry), NORMAL), FIRST, LAST, None, 100)
    assert calendar.problems == ()
    return calendar.items[0]


def test_a_feed_is_read_back_through_the_child(entry_with: Build) -> None:
    full: dict[str, Any] = {
        "description": "Chair: Poland\n\nAgenda: a; b, c\\d",
        "location": "Hofburg, Neuer Saal",
        "categories": ("Mediterranean, all", "Meeting"),
        "alarm": timedelta(minutes=15),
        "status": "TENTATIVE",
        "is_transparent": True,
    }
    days = DaySpan(date(2027, 6, 7), date(2027, 6, 8))
    calendar = read_calendar(
        feed(entry_with(**full), entry_with(uid="days@calendar.example", when=days)), NORMAL, FIRST, LAST
    )
    first, second = calendar.items
    assert (calendar.name, calendar.problems) == ("Partners; all, of them", ())
    entry = entry_with(**full)
    for name in (
        "uid",
        "when",
        "summary",
        "description",
        "location",
        "url",
        "status",
        "sequence",
        "categories",
        "is_transparent",
    ):
        assert getattr(first, name) == getattr(entry, name)
    assert (second.when, second.recurrence) == (days, "")


@given(st.integers(0, 2_400_000), st.integers(1, 3_000), st.sampled_from(ZONES))
def test_every_instant_is_read_back(entry_with: Build, start: int, minutes: int, zone_name: str) -> None:
    starts_at = datetime(2026, 2, 1, tzinfo=UTC) + timedelta(minutes=start)
    when = TimedSpan(starts_at, starts_at + timedelta(minutes=minutes), zone_name)
    read = read_back(entry_with(when=when)).when
    assert isinstance(read, TimedSpan)
    assert (read.starts_at, read.ends_at) == (when.starts_at, when.ends_at)
    # Inside a repeated hour the feed writes UTC.
    assert read.zone_name in (zone_name, "UTC")


@given(st.text(st.characters(exclude_characters="<", codec="utf-8"), min_size=1))
def test_every_text_is_read_back(entry_with: Build, text: str) -> None:
    item = read_back(entry_with(summary=text, description=text, location=text))
    assert item.description == item.location == clean_text(clean_text(text).strip())
    assert item.summary.split() == clean_text(text).split()


@pytest.mark.parametrize("text", ["a < b and b > c", "x <y@partner.example>", "1 &lt; 2"])
def test_signs_that_are_no_markup_stay(entry_with: Build, text: str) -> None:
    assert read_back(entry_with(description=text)).description == text
