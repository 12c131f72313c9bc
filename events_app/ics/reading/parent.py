"""Reading a calendar file: the scan here, everything else in a child that may die of it."""

import json
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import events_app
from events_app.dates.zones import zone
from events_app.ics.errors import UnreadableCalendarError
from events_app.ics.reading.child import OUT_OF_MEMORY
from events_app.ics.reading.exchange import calendar_from_message
from events_app.ics.reading.outcome import ReadCalendar, ReadLimits
from events_app.ics.reading.scanning import scanned_lines

ITEMS_PER_COMPONENT = 5
# A busy machine may give the child less than half of its time.
PATIENCE = 2

_OVER_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


def read_calendar(
    content: bytes, limits: ReadLimits, first: date, last: date, zone_name: str | None = None
) -> ReadCalendar:
    """Return what a calendar file holds, recurring events as their instances that begin from `first` to `last`.

    An event that recurs has at most 1,000 instances; events that do not are read whenever they are. `zone_name` is
    the zone (IANA) of times without one and of zones that nobody knows. Raises UnreadableCalendarError, and
    UnknownZoneError if there is no such zone.
    """
    if zone_name is not None:
        zone(zone_name)
    lines = scanned_lines(content, limits)
    order = {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "zone_name": zone_name,
        "seconds": limits.seconds,
        "memory": limits.memory,
        "most_items": limits.components * ITEMS_PER_COMPONENT,
    }
    return calendar_from_message(_answer("\n".join(lines).encode(), json.dumps(order), limits))


def _answer(text: bytes, order: str, limits: ReadLimits) -> bytes:
    command = [sys.executable, "-P", "-s", "-B", "-m", "events_app.ics.reading.child", order]
    try:
        done = subprocess.run(
            command,
            input=text,
            capture_output=True,
            env=_surroundings(),
            timeout=limits.seconds * PATIENCE,
            check=False,
            cwd="/",
        )
    except subprocess.TimeoutExpired:
        raise UnreadableCalendarError("took-too-long", seconds=str(limits.seconds)) from None
    if done.returncode in _OVER_TIME:
        raise UnreadableCalendarError("took-too-long", seconds=str(limits.seconds))
    if done.returncode == OUT_OF_MEMORY:
        raise UnreadableCalendarError("too-much-memory")
    if done.returncode:
        raise UnreadableCalendarError("broke-off")
    return done.stdout


def _surroundings() -> dict[str, str]:
    """Return all that the child needs of the environment: where this package lies, and its encoding."""
    return {"PYTHONPATH": str(Path(events_app.__file__).parents[1]), "PYTHONUTF8": "1"}
