"""What every reader has to see of a feed, taken from the rows of the database and not from what we wrote."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from events_app.events.models import CANCELLED, CONFIRMED, POSTPONED, Event
from events_app.words.titles import feed_summary

STATUSES = {CONFIRMED: "CONFIRMED", POSTPONED: "TENTATIVE", CANCELLED: "CANCELLED"}
GROUP_KINDS = ("contact-group-meeting", "joint-meeting", "conference")

BELONGS: dict[str, Callable[[Event], bool]] = {
    "all": lambda event: True,
    "mediterranean": lambda event: is_of(event, "mediterranean"),
    "asian": lambda event: is_of(event, "asian"),
    "joint": lambda event: event.kind_key == "joint-meeting",
    "conferences": lambda event: event.kind_key == "conference",
    "council": lambda event: event.kind_key in ("permanent-council", "forum"),
}


@dataclass(frozen=True)
class Expected:
    """An event as its readers must see it: days as 2027-03-02, instants as 2027-03-02T09:00:00Z."""

    uid: str
    start: str
    end: str
    title: str
    status: str
    sequence: int
    zone_name: str
    starts_at: datetime
    ends_at: datetime


def expected_of(events: Iterable[Event], feed: str, language: str, today: date) -> list[Expected]:
    """Return what a feed in a language must show on a day, in order."""
    shown = [event for event in events if BELONGS[feed](event) and is_shown(event, today)]
    return [expected_event(event, language) for event in sorted(shown, key=lambda event: (event.starts_at, event.id))]


def expected_event(event: Event, language: str) -> Expected:
    """Return what readers must see of one event in a language."""
    start, end = moments(event)
    title = feed_summary(event, event.status, language)
    return Expected(
        event.uid, start, end, title, STATUSES[event.status], event.sequence,
        event.time_zone, event.starts_at, event.ends_at,
    )  # fmt: skip


def moments(event: Event) -> tuple[str, str]:
    """Return start and end as rows have them; days end with the day after (RFC 5545, 3.6.1)."""
    if event.start_time is None:
        return event.starts_on.isoformat(), (event.ends_on + timedelta(days=1)).isoformat()
    return instant(event.starts_at), instant(event.ends_at)


def instant(at: datetime) -> str:
    """Return an aware instant as rows have it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def is_of(event: Event, group_key: str) -> bool:
    """Return whether an event, or the one on whose margins it stands, is of a Contact Group."""
    own = event.kind_key in GROUP_KINDS and group_key in event.group_keys
    return own or (event.parent is not None and is_of(event.parent, group_key))


def is_shown(event: Event, today: date) -> bool:
    """Return whether a feed still shows an event: 13 months back, a cancelled one for 60 days."""
    is_public = event.visibility == "public" and event.status in STATUSES
    reach = today - timedelta(days=60) if event.status == CANCELLED else date(2025, 10, 1)
    return is_public and event.ends_on >= reach
