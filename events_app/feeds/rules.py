"""What goes into which feed, and how far a feed reaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from events_app.dates.spans import first_of_month_before
from events_app.events.models import CANCELLED, Event
from events_app.feeds.errors import UnknownFeedError

MONTHS_BACK = 13
DAYS_CANCELLED_STAY = 60
GROUP_KINDS = ("contact-group-meeting", "joint-meeting", "conference")


@dataclass(frozen=True)
class Feed:
    """A public feed: its name in the address, its colour, and which events it takes (empty: any)."""

    name: str
    color: str
    kind_keys: tuple[str, ...] = ()
    group_key: str = ""


FEEDS = {
    feed.name: feed
    for feed in (
        Feed("all", "navy"),
        Feed("mediterranean", "teal", GROUP_KINDS, "mediterranean"),
        Feed("asian", "orangered", GROUP_KINDS, "asian"),
        Feed("joint", "purple", ("joint-meeting",)),
        Feed("conferences", "darkblue", ("conference",)),
        Feed("council", "gray", ("permanent-council", "forum")),
    )
}


def feed_named(name: str) -> Feed:
    """Return the public feed of a name; raises UnknownFeedError."""
    if name not in FEEDS:
        raise UnknownFeedError(name)
    return FEEDS[name]


def first_day(now: datetime) -> date:
    """Return the first day that feeds show; it steps on the first of a month."""
    return first_of_month_before(now.date(), MONTHS_BACK)


def is_kept(event: Event, now: datetime) -> bool:
    """Return whether an event still stands in feeds as far as its status goes: cancelled, for 60 days."""
    return event.status != CANCELLED or now.date() <= _last_day_cancelled(event)


def newest_step(events: Iterable[Event], now: datetime) -> datetime:
    """Return when time alone last changed a feed: the first of the month, or the end of a cancelled event."""
    left = (_last_day_cancelled(event) + timedelta(days=1) for event in events if not is_kept(event, now))
    return datetime.combine(max([now.date().replace(day=1), *left]), time(), UTC)


def color_of(event: Event) -> str:
    """Return the CSS3 colour name of an event's group."""
    keys = event.group_keys
    if len(keys) == 1 and keys[0] in FEEDS:
        return FEEDS[keys[0]].color
    return FEEDS["joint"].color if keys else "gray" if event.kind_key in FEEDS["council"].kind_keys else "navy"


def _last_day_cancelled(event: Event) -> date:
    return event.ends_on + timedelta(days=DAYS_CANCELLED_STAY)
