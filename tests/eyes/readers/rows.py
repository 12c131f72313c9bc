"""What every reader written in Python shares: feeds come in as JSON {name: text}, rows go out as JSON {name: rows}.

A row is [uid, start, end, summary, status, sequence]; days read 2027-03-02, instants 2027-03-02T09:00:00Z.
Readers run as processes of their own: nothing of the application is loaded in them.
"""

import json
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

Row = list[Any]


def answer(read: Callable[[str], Iterable[Row]]) -> None:
    """Read the feeds on standard input and write what a reader sees on standard output."""
    feeds = json.load(sys.stdin.buffer)
    json.dump({name: list(read(text)) for name, text in feeds.items()}, sys.stdout)


def answer_offsets(offsets: Callable[[str, list[datetime]], list[float]]) -> None:
    """Read {name: [calendar, local times]} and write {name: [offsets from UTC in seconds]}."""
    asked = json.load(sys.stdin.buffer)
    found = {name: offsets(text, [naive(local) for local in locals_]) for name, (text, locals_) in asked.items()}
    json.dump(found, sys.stdout)


def naive(local: str) -> datetime:
    """Return a local time that carries no zone."""
    return datetime.fromisoformat(local)


def written(when: date | datetime) -> str:
    """Return a day or an aware instant as it stands in a row."""
    if isinstance(when, datetime):
        return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return when.isoformat()
