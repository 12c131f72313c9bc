"""Whole feeds as bytes, joined from pieces that are kept."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache

from sqlalchemy.orm import Session

from events_app.dates.zones import tz_version
from events_app.events.models import CANCELLED, CONFIRMED, POSTPONED, PUBLIC, Event
from events_app.feeds.entries import entry_of
from events_app.feeds.queries import public_feed_events, public_feed_state
from events_app.feeds.rules import Feed, first_day
from events_app.ics.entry import Entry, TimedSpan
from events_app.ics.vtimezone import needs_zone, zone_bytes
from events_app.ics.writing import CalendarHead, calendar_bytes, entry_bytes
from events_app.partnership.queries import partnership
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may, may_see_document
from events_app.words.feeds import feed_description, feed_name

HOME_ZONE = "Europe/Vienna"
YEARS_AHEAD = 10
FORM = 2  # raised when the same data is written differently, so that every ETag moves


@dataclass(frozen=True)
class FeedRequest:
    """A public feed in a language, from a day on (None: the usual 13 months back)."""

    feed: Feed
    language: str
    from_day: date | None = None


@dataclass(frozen=True)
class FeedStamp:
    """What tells one version of a feed from another: a strong ETag and the last change."""

    etag: str
    last_modified: datetime


def public_feed_stamp(session: Session, asked: FeedRequest, base_url: str, now: datetime) -> FeedStamp:
    """Return the stamp of a public feed as it stands, with one small query."""
    first = asked.from_day or first_day(now)
    state = public_feed_state(session, asked.feed, first, now)
    parts = (FORM, asked, first, state.marks, base_url, tz_version())
    etag = hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
    step = datetime.combine(now.date().replace(day=1), time(), UTC)
    return FeedStamp(etag, max(state.changed_at or step, step))


def public_feed(session: Session, asked: FeedRequest, base_url: str, now: datetime) -> bytes:
    """Return a public feed as calendar programs get it."""
    first = asked.from_day or first_day(now)
    events = public_feed_events(session, asked.feed, first, now)
    facts = partnership(session)
    entries = [
        entry_of(event, asked.language, facts, base_url, parent_uid=_public_parent_uid(event)) for event in events
    ]
    return calendar_bytes(_head(asked, base_url), _zone_pieces(entries, now), [kept_bytes(e) for e in entries])


def single_event(event: Event, language: str, base_url: str, reader: Reader, now: datetime) -> bytes:
    """Return one event as a download: the feed's component alone, with what its reader may see of it."""
    entry = entry_of(
        event, language, reader.partnership, base_url,
        with_joining_link=may(reader, Action.SEE_JOINING_LINK, event, now),
        documents=[document for document in event.documents if may_see_document(reader, document, event, now)],
        parent_uid=event.parent.uid if event.parent and may(reader, Action.SEE, event.parent, now) else None,
    )  # fmt: skip
    return calendar_bytes(None, _zone_pieces([entry], event.modified_at), [kept_bytes(entry)])


@lru_cache(maxsize=20_000)
def kept_bytes(entry: Entry) -> bytes:
    """Return the component of an entry, written once for as long as it stays the same."""
    return entry_bytes(entry)


def _public_parent_uid(event: Event) -> str | None:
    """Return the UID of the event on whose margins another stands, if it is public (as `is_public_event` has it)."""
    parent = event.parent
    if parent is None or parent.visibility != PUBLIC or parent.published_at is None:
        return None
    return parent.uid if parent.status in (CONFIRMED, POSTPONED, CANCELLED) else None


def _head(asked: FeedRequest, base_url: str) -> CalendarHead:
    name, language = asked.feed.name, asked.language
    description = feed_description(name, language)
    return CalendarHead(feed_name(name, language), description, HOME_ZONE, f"{base_url}/feeds/", asked.feed.color)


def _zone_pieces(entries: Iterable[Entry], now: datetime) -> list[bytes]:
    """Return one VTIMEZONE per zone used; an empty calendar gets the home zone's."""
    years: dict[str, list[int]] = {}
    for entry in entries:
        name = needs_zone(entry.when)
        if name and isinstance(entry.when, TimedSpan):
            years.setdefault(name, []).append(entry.when.local_start.year)
    spans = years or {HOME_ZONE: [now.year]}
    last = now.year + YEARS_AHEAD
    return [zone_bytes(name, min(found) - 1, max(*found, last) + 1) for name, found in sorted(spans.items())]
