from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import settings

from events_app.ics.entry import Entry, TimedSpan

# Time limits of single examples fail on busy machines and say nothing about the code.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

MEETING = TimedSpan(datetime(2027, 3, 2, 14, tzinfo=UTC), datetime(2027, 3, 2, 16, tzinfo=UTC), "Europe/Vienna")


@pytest.fixture(scope="session")
def entry_with() -> Callable[..., Entry]:
    """Return an entry of a plain meeting, with the given fields changed."""

    def build(**changes: Any) -> Entry:
        facts: dict[str, Any] = {
            "uid": "6f1c@calendar.example",
            "sequence": 2,
            "created_at": datetime(2026, 9, 1, 8, tzinfo=UTC),
            "modified_at": datetime(2026, 10, 2, 9, 30, tzinfo=UTC),
            "when": MEETING,
            "status": "CONFIRMED",
            "summary": "Mediterranean Contact Group",
            "url": "https://calendar.example/events/7",
        }
        return Entry(**{**facts, **changes})

    return build
