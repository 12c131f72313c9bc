"""Markup, escapes, ends and durations, one by one."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from events_app.ics.entry import DaySpan, TimedSpan
from events_app.ics.reading import ReadCalendar
from events_app.ics.reading.html_text import plain_from_html

Read = Callable[..., ReadCalendar]
Lines = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("no markup", "no markup"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        ('See <a href="https://a.example/?x=1&amp;y=2">this</a>.', "See this (https://a.example/?x=1&y=2)."),
        ('<a href="https://a.example/">https://a.example/</a>', "https://a.example/"),
        ('<a href="javascript:alert(1)">this</a>', "this"),
        ("<script>alert(1)</script>after", "after"),
        ("<style>p {}</style><!-- hidden --><p>shown", "shown"),
        ("<p>a &amp; b&nbsp;&#8211; c", "a & b – c"),
        ("<b>kept\nlines</b>", "kept\nlines"),
        ("<p>broken <a href=", "broken <a href="),
    ],
)
def test_markup_becomes_text(markup: str, plain: str) -> None:
    assert plain_from_html(markup) == plain


@pytest.mark.parametrize(
    "part",
    ["<", "<a", "<!--", "<!", "</", "<p>", "&", "&#9", "<script", "<script>", "<a href=http://a", " \n", "</script "],
)
def test_markup_takes_time_in_proportion_to_its_length(part: str) -> None:
    before = time.process_time()
    plain_from_html("<p>" + part * 100_000)
    assert time.process_time() - before < 1.5


def test_escapes_are_undone_in_one_turn(read: Read, event_lines: Lines) -> None:
    (item,) = read(*event_lines(r"LOCATION:a\\nb\, c\; d\ne", r"CATEGORIES:x\,y,z,,z")).items
    assert item.location == "a\\nb, c; d\ne"
    assert item.categories == ("x,y", "z")


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/b", True),
        ("HTTP://a.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https:///a", False),
        ("file:///etc/passwd", False),
        ("http://[::1", False),
    ],
)
def test_only_addresses_of_the_web_are_kept(read: Read, event_lines: Lines, address: str, kept: bool) -> None:
    (item,) = read(*event_lines(f"URL:{address}")).items
    assert item.url == (address if kept else "")


@pytest.mark.parametrize(
    ("start", "end", "last"),
    [
        ("DTSTART;VALUE=DATE:20270302", "-", 2),
        ("DTSTART;VALUE=DATE:20270302", "DTEND;VALUE=DATE:20270305", 4),
        ("DTSTART:20270302", "DTEND:20270302", 2),
        ("DTSTART;VALUE=DATE:20270302", "DURATION:P1W", 8),
    ],
)
def test_whole_days_end_with_their_last(read: Read, event_lines: Lines, start: str, end: str, last: int) -> None:
    (item,) = read(*event_lines(start=start, end=end)).items
    assert item.when == DaySpan(date(2027, 3, 2), date(2027, 3, last))


@pytest.mark.parametrize(("duration", "ends"), [("P1D", (21, 30)), ("PT24H", (22, 30))])
def test_days_are_counted_on_the_clocks_and_hours_in_their_length(
    read: Read, event_lines: Lines, duration: str, ends: tuple[int, int]
) -> None:
    (item,) = read(*event_lines(start="DTSTART;TZID=Europe/Vienna:20270327T233000", end=f"DURATION:{duration}")).items
    assert isinstance(item.when, TimedSpan)
    assert item.when.ends_at == datetime(2027, 3, 28, *ends, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("-", "-", "no-start"),
        ("DTSTART:soon", "-", "bad-time"),
        ("DTSTART:20270302T250000Z", "-", "bad-time"),
        ("DTSTART;VALUE=DATE:20270302T150000", "-", "bad-time"),
        ("DTSTART;VALUE=DATE:20270302", "DTEND:20270302T150000Z", "bad-time"),
        ("DTSTART;VALUE=DATE:20270302", "DURATION:PT1H", "bad-time"),
        ("DTSTART:20270302T150000Z", "DTEND;VALUE=DATE:20270303", "bad-time"),
        ("DTSTART:20270302T150000Z", "DTEND:20270302T150000Z", "no-length"),
        ("DTSTART:20270302T150000Z", "-", "no-length"),
        ("DTSTART:20270302T150000Z", "DTEND:20290302T150000Z", "too-long"),
        ("DTSTART;VALUE=DATE:20270302", "DTEND;VALUE=DATE:20270301", "ends-before-start"),
        ("DTSTART:19721231T150000Z", "DURATION:PT1H", "bad-time"),
        ("DTSTART:20270302T150000Z", "DURATION:P", "bad-time"),
    ],
)
def test_times_that_are_none_are_problems(read: Read, event_lines: Lines, start: str, end: str, reason: str) -> None:
    (problem,) = read(*event_lines(start=start, end=end)).problems
    assert (problem.reason, problem.position, problem.uid, problem.summary) == (
        reason,
        1,
        "one@calendar.example",
        "Talks",
    )


def test_events_without_a_uid_are_events_of_their_own(read: Read) -> None:
    lines = ["BEGIN:VEVENT", "DTSTART:20270302T150000Z", "DURATION:PT1H", "END:VEVENT"]
    calendar = read(*lines, *lines)
    assert [(item.uid, item.position) for item in calendar.items] == [("", 1), ("", 2)]


def test_what_belongs_to_an_alarm_is_not_taken_for_the_event(read: Read, event_lines: Lines) -> None:
    (item,) = read(*event_lines("BEGIN:VALARM", "SUMMARY:Alarm", "DESCRIPTION:Ring", "REPEAT:2", "END:VALARM")).items
    assert (item.summary, item.description) == ("Talks", "")
