from collections.abc import Callable
from datetime import date

import pytest

from events_app.ics.reading import NORMAL, ReadCalendar
from events_app.ics.reading.calendar import calendar_from
from events_app.ics.reading.scanning import scanned_lines

FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)


@pytest.fixture(scope="session")
def read() -> Callable[..., ReadCalendar]:
    """Read the lines of a calendar's inside as a file of its own, within five years, without a child."""

    def read_lines(*lines: str, zone_name: str | None = None) -> ReadCalendar:
        text = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", *lines, "END:VCALENDAR", ""))
        return calendar_from(scanned_lines(text.encode(), NORMAL), FIRST, LAST, zone_name, 10_000)

    return read_lines


@pytest.fixture(scope="session")
def event_lines() -> Callable[..., list[str]]:
    """Return the lines of an event on 2 March 2027 at 15:00 in Vienna for two hours, and further ones."""

    def lines(*further: str, uid: str = "one@calendar.example", start: str = "", end: str = "") -> list[str]:
        start = start or "DTSTART;TZID=Europe/Vienna:20270302T150000"
        end = end or "DTEND;TZID=Europe/Vienna:20270302T170000"
        times = [line for line in (start, end) if line != "-"]
        return [
            "BEGIN:VEVENT",
            f"UID:{uid}",
            "DTSTAMP:20260901T080000Z",
            *times,
            "SUMMARY:Talks",
            *further,
            "END:VEVENT",
        ]

    return lines
