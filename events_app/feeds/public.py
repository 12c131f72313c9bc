"""The public feeds, and single events as downloads."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from events_app.dates.zones import HOME_ZONE, tz_version
from events_app.events.models import Event
from events_app.feeds.entries import entry_for
from events_app.feeds.kept import KeptFeed, KeptFeeds, kept_feed
from events_app.feeds.pieces import joined_calendar
from events_app.feeds.queries import calendar_stamp, newest_public_changes, public_events
from events_app.feeds.rules import Feed, first_day, is_kept, newest_step
from events_app.ics.writing import CalendarHead
from events_app.partnership.queries import partnership
from events_app.rights.models import Reader
from events_app.words.feeds import feed_description, feed_name


@dataclass(frozen=True)
class FeedRequest:
    """A public feed in a language; from an earlier day on than the usual 13 months back, if one is given."""

    feed: Feed
    language: str
    from_day: date | None = None


def public_feed(session: Session, asked: FeedRequest, base_url: str, kept: KeptFeeds, now: datetime) -> KeptFeed:
    """Return a public feed as calendar programs get it; with one small query when nothing changed."""
    made_for = (calendar_stamp(session), now.date(), tz_version())
    return kept.feed(asked, made_for, lambda: _made(session, asked, base_url, now))


def single_event(event: Event, language: str, base_url: str, reader: Reader, now: datetime) -> bytes:
    """Return one event as a download: the feed's component alone, with what its reader may see of it."""
    entry = entry_for(event, language, base_url, reader, now)
    return joined_calendar(None, [entry], event.modified_at)


def _made(session: Session, asked: FeedRequest, base_url: str, now: datetime) -> KeptFeed:
    first = min(asked.from_day or first_day(now), first_day(now))
    events = public_events(session, asked.feed, first)
    public = Reader(partnership(session))
    entries = [entry_for(event, asked.language, base_url, public, now) for event in events if is_kept(event, now)]
    changed_at = max([newest_step(events, now), *newest_public_changes(session)])
    return kept_feed(joined_calendar(_head(asked, base_url), entries, now), changed_at)


def _head(asked: FeedRequest, base_url: str) -> CalendarHead:
    name, language = asked.feed.name, asked.language
    description = feed_description(name, language)
    return CalendarHead(feed_name(name, language), description, HOME_ZONE, f"{base_url}/feeds/", asked.feed.color)
