"""The child lives within its limits, and what it dies of is told."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from events_app.dates.errors import UnknownZoneError
from events_app.ics.errors import UnreadableCalendarError
from events_app.ics.reading import NORMAL, ReadLimits, read_calendar
from events_app.ics.reading.exchange import calendar_from_message
from tests.corpus.generated import calendar, event

FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)
# Half a century of days for nine that are wanted.
LONG_AGO = ("DTSTART:19730101T140000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20260110T000000Z")
SERIES = [line for number in range(600) for line in event(start=(f"UID:{number}", *LONG_AGO))]


def refusal(content: bytes, limits: ReadLimits) -> str:
    with pytest.raises(UnreadableCalendarError) as caught:
        read_calendar(content, limits, FIRST, LAST)
    return caught.value.reason


def test_a_file_that_takes_too_long_is_refused() -> None:
    assert refusal(calendar(*SERIES), ReadLimits(2_000_000, 2_000, 1)) == "took-too-long"


def test_a_file_that_takes_too_much_memory_is_refused() -> None:
    content = calendar(
        *(
            line
            for n in range(1_900)
            for line in event("DESCRIPTION:" + "x" * 1_000, start=(f"UID:{n}", "DTSTART:20270302T140000Z"))
        )
    )
    assert refusal(content, ReadLimits(3_000_000, 2_000, 10, memory=30_000_000)) == "too-much-memory"


def test_the_child_can_neither_write_nor_see_the_secrets_of_its_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENTS_SECRET_KEY", "secret")
    program = (
        "import json, os, pathlib, sys; from events_app.ics.reading import parent, child\n"
        "child.confine(5, 2**29)\n"
        f"try: pathlib.Path({str(tmp_path / 'file')!r}).write_text('x' * 9_000)\n"
        "except OSError: print('unwritten')\n"
        "print(sorted(parent._surroundings()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["unwritten", "['PYTHONPATH', 'PYTHONUTF8']"]
    assert os.environ["EVENTS_SECRET_KEY"] == "secret"


@pytest.mark.parametrize("message", [b"", b"[]", b"null", b"{}", b"\xff", json.dumps({"items": [[1]]}).encode()])
def test_a_child_that_talks_nonsense_is_not_believed(message: bytes) -> None:
    with pytest.raises(UnreadableCalendarError):
        calendar_from_message(message)


def test_a_zone_that_does_not_exist_is_refused_before_anything_is_read() -> None:
    with pytest.raises(UnknownZoneError):
        read_calendar(calendar(*event()), NORMAL, FIRST, LAST, "Mars/Phobos")


def test_limits_of_octets_components_and_depth_are_exact() -> None:
    content = calendar(*event("BEGIN:VALARM", "END:VALARM"))
    read_calendar(content, ReadLimits(len(content), 2, 10, depth=3), FIRST, LAST)
    assert refusal(content, ReadLimits(len(content) - 1, 2, 10, depth=3)) == "too-large"
    assert refusal(content, ReadLimits(len(content), 1, 10, depth=3)) == "too-many-components"
    assert refusal(content, ReadLimits(len(content), 2, 10, depth=2)) == "too-deep"
