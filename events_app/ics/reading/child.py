"""The child process that parses and expands: lines in at standard input, one message out at standard output."""

import json
import os
import resource
import sys
from datetime import date
from typing import Any

from events_app.ics.errors import UnreadableCalendarError
from events_app.ics.reading.calendar import calendar_from
from events_app.ics.reading.exchange import calendar_message, refusal_message

OUT_OF_MEMORY = 3


def main() -> None:
    """Read one calendar as the first argument says, within the limits that it names."""
    order = json.loads(sys.argv[1])
    confine(order["seconds"], order["memory"])
    try:
        message = _message(sys.stdin.buffer.read().decode(), order)
        sys.stdout.buffer.write(message)
        sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def confine(seconds: int, memory: int) -> None:
    """Limit this process for good: computing time, memory, and no file written or process begun."""
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
    }
    for kind, most in limits.items():
        _limit(kind, most)


def _limit(kind: int, most: int) -> None:
    try:
        resource.setrlimit(kind, (most, most))
    except (ValueError, OSError):
        # Not every system knows every limit; the parent's clock remains.
        return


def _message(text: str, order: dict[str, Any]) -> bytes:
    first, last = date.fromisoformat(order["first"]), date.fromisoformat(order["last"])
    try:
        return calendar_message(calendar_from(text.split("\n"), first, last, order["zone_name"], order["most_items"]))
    except UnreadableCalendarError as error:
        return refusal_message(error)


if __name__ == "__main__":
    main()
