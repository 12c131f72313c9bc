"""What the tests of the feeds ask for: feeds as bytes and as calendar programs read them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy.orm import Session

from events_app.feeds.kept import KeptFeed, KeptFeeds
from events_app.feeds.public import FeedRequest, public_feed
from events_app.feeds.rules import feed_named
from events_app.shared.clock import StoppedClock

BASE = "http://localhost"


@pytest.fixture
def kept() -> KeptFeeds:
    """Feeds that are kept in memory."""
    return KeptFeeds()


@pytest.fixture
def served(session: Session, clock: StoppedClock, kept: KeptFeeds) -> Callable[..., KeptFeed]:
    """Return a public feed as it stands now."""

    def of(name: str = "all", language: str = "en", from_day: date | None = None) -> KeptFeed:
        session.expire_all()
        return public_feed(session, FeedRequest(feed_named(name), language, from_day), BASE, kept, clock.now())

    return of


@pytest.fixture
def feed_bytes(served: Callable[..., KeptFeed]) -> Callable[..., bytes]:
    """Return a public feed as it would be served now."""

    def serve(name: str = "all", language: str = "en", from_day: date | None = None) -> bytes:
        return served(name, language, from_day).content

    return serve


@pytest.fixture
def stamp(served: Callable[..., KeptFeed]) -> Callable[..., KeptFeed]:
    """Return the ETag and the last change of a public feed as it stands now."""
    return served


@pytest.fixture
def read(feed_bytes: Callable[..., bytes]) -> Callable[..., dict[str, Any]]:
    """Return the components of a public feed by UID."""

    def components(*args: Any) -> dict[str, Any]:
        found = Calendar.from_ical(feed_bytes(*args)).walk("VEVENT")
        by_uid = {str(component["UID"]): component for component in found}
        assert len(by_uid) == len(found)
        return by_uid

    return components
