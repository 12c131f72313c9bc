"""Whatever is sent, nothing but UnreadableCalendarError comes out."""

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events_app.ics.errors import UnreadableCalendarError
from events_app.ics.reading import NORMAL, ReadCalendar, read_calendar
from events_app.ics.reading.calendar import calendar_from
from events_app.ics.reading.exchange import calendar_from_message, calendar_message
from events_app.ics.reading.scanning import scanned_lines

# The stopwatch runs in this process here: what it raises while garbage is collected is only reported.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

CORPUS = Path(__file__).parents[2] / "corpus"
SEEDS = [path.read_bytes() for path in sorted(CORPUS.rglob("*.ics"))]
LINES = sorted({line for seed in SEEDS for line in seed.splitlines() if len(line) < 200})
USUAL = b' ,:;=/-+0129ABDTUZ<>&"\\\r\n'
FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)

NAMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID", "SUMMARY", "DESCRIPTION")
PARTS = (
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYDAY",
    "BYMONTH",
    "BYMONTHDAY",
    "BYSETPOS",
    "BYWEEKNO",
    "WKST",
    "BYHOUR",
)
VALUES = (
    "DAILY",
    "WEEKLY",
    "MONTHLY",
    "YEARLY",
    "0",
    "1",
    "-1",
    "2",
    "31",
    "53",
    "1MO",
    "-1SU",
    "FR",
    "20280101",
    "SU",
)
TIMES = (
    "20270302T140000Z",
    "20270302T150000",
    "20270328T023000",
    "20271031T023000",
    "20270302",
    "P1D",
    "PT90M",
    "-PT1H",
)
ZONES = (
    "",
    ";TZID=Europe/Vienna",
    ";TZID=W. Europe Standard Time",
    ";TZID=Nowhere",
    ";VALUE=DATE",
    ";RANGE=THISANDFUTURE",
)

rules = st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from(VALUES)), max_size=5).map(
    lambda parts: "FREQ=WEEKLY;" + ";".join("=".join(part) for part in parts)
)
values = st.one_of(st.sampled_from(TIMES), rules, st.text(max_size=20))
properties = st.builds("{}{}:{}".format, st.sampled_from(NAMES), st.sampled_from(ZONES), values)
events = st.builds(
    lambda lines, uid: [
        "BEGIN:VEVENT",
        *lines,
        f"UID:{uid}",
        "DTSTART:20270302T140000Z",
        "DURATION:PT1H",
        "END:VEVENT",
    ],
    st.lists(properties, max_size=4),
    st.sampled_from("abc"),
)
calendars = st.lists(events, min_size=1, max_size=3).map(
    lambda parts: "\n".join(["BEGIN:VCALENDAR", *(line for part in parts for line in part), "END:VCALENDAR"]).encode(
        errors="surrogatepass"
    )
)


def mutated(chance: random.Random) -> bytes:
    """Return a file of the corpus after a few accidents to its octets and lines."""
    content = chance.choice(SEEDS)
    for _ in range(chance.randint(1, 6)):
        content = chance.choice((with_other_octets, with_other_lines))(content, chance)
    return content


def with_other_octets(content: bytes, chance: random.Random) -> bytes:
    place, length = chance.randint(0, len(content)), chance.randint(0, 3)
    plain = bytes(chance.choices(USUAL, k=chance.randint(0, 3)))
    return content[:place] + (plain if chance.random() < 0.9 else chance.randbytes(2)) + content[place + length :]


def with_other_lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    place = chance.randrange(len(lines))
    lines[place : place + chance.randint(0, 2)] = chance.choices(LINES, k=chance.randint(0, 2))
    return b"\n".join(lines)


def read_here(content: bytes) -> ReadCalendar | None:
    try:
        calendar = calendar_from(scanned_lines(content, NORMAL), FIRST, LAST, None, 10_000)
    except UnreadableCalendarError:
        return None
    assert calendar_from_message(calendar_message(calendar)) == calendar
    return calendar


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**64))
def test_a_damaged_file_is_read_or_refused(seed: int) -> None:
    read_here(mutated(random.Random(seed)))


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(calendars)
def test_a_file_of_odd_parts_is_read_or_refused(content: bytes) -> None:
    read_here(content)


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**64))
def test_the_child_reads_or_refuses_damaged_files_too(seed: int) -> None:
    content = mutated(random.Random(seed))
    try:
        assert read_calendar(content, NORMAL, FIRST, LAST) == read_here(content)
    except UnreadableCalendarError:
        assert read_here(content) is None
