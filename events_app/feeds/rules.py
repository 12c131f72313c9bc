"""What goes into which public feed, and how far a feed reaches."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from events_app.dates.spans import first_of_month_before
from events_app.events.models import Event
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


def first_day_cancelled(now: datetime) -> date:
    """Return the last day before which cancelled events are no longer shown: they stay for 60 days."""
    return now.date() - timedelta(days=DAYS_CANCELLED_STAY)


def color_of(event: Event) -> str:
    """Return the CSS3 colour name of an event's group."""
    keys = event.group_keys
    if len(keys) == 1 and keys[0] in FEEDS:
        return FEEDS[keys[0]].color
    return FEEDS["joint"].color if keys else "gray" if event.kind_key in FEEDS["council"].kind_keys else "navy"
