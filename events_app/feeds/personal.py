"""Personal feeds: what was chosen of what the owner may see now."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from events_app.dates.zones import HOME_ZONE, tz_version
from events_app.events.models import CANCELLED, POSTPONED, Event
from events_app.feeds.choices import FeedChoice, choice_of, is_chosen
from events_app.feeds.date_options import Shown, option_entries
from events_app.feeds.detail import in_detail
from events_app.feeds.entries import entry_for
from events_app.feeds.kept import KeptFeed, KeptFeeds, kept_feed
from events_app.feeds.models import FeedLink
from events_app.feeds.pieces import joined_calendar
from events_app.feeds.queries import Stamp, events_from
from events_app.feeds.rules import FEEDS, first_day, is_kept
from events_app.ics.entry import Entry
from events_app.ics.writing import CalendarHead
from events_app.partnership.queries import partnership
from events_app.people.rules import is_held
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may, reader_for
from events_app.words.feeds import personal_feed_description


@dataclass(frozen=True)
class LinkRequest:
    """A link's feed; from an earlier day on than the usual 13 months back, if one is given."""

    link: FeedLink
    from_day: date | None = None


def personal_feed(
    session: Session, asked: LinkRequest, stamp: Stamp, base_url: str, kept: KeptFeeds, now: datetime
) -> KeptFeed:
    """Return the feed of a link, evaluated for its owner now; no query if nothing changed for `stamp`."""
    link = asked.link
    held = frozenset((post.state_code, post.role) for post in link.person.posts if is_held(post, now.date()))
    rights = (link.person.is_secretary, held)
    made_for = (stamp, choice_of(link), link.label, rights, now.date(), tz_version())
    return kept.feed((link.id, asked.from_day), made_for, lambda: _made(session, asked, base_url, now))


def chosen_events(
    session: Session, choice: FeedChoice, reader: Reader, now: datetime, from_day: date | None = None
) -> list[Event]:
    """Return the events that a choice takes from what its reader may see now, in order."""
    events = events_from(session, from_day or first_day(now))
    chosen = (event for event in events if is_chosen(event, choice) and is_kept(event, now))
    return [event for event in chosen if may(reader, Action.SEE, event, now)]


def chosen_entry(event: Event, choice: FeedChoice, base_url: str, reader: Reader, now: datetime) -> Entry:
    """Return the entry of an event as a choice wants it."""
    entry = in_detail(entry_for(event, choice.language, base_url, reader, now), event, choice.detail)
    rings = choice.alarm_minutes and event.status not in (CANCELLED, POSTPONED)
    return replace(entry, alarm=timedelta(minutes=choice.alarm_minutes)) if rings else entry


def _made(session: Session, asked: LinkRequest, base_url: str, now: datetime) -> KeptFeed:
    link = asked.link
    choice, reader = choice_of(link), reader_for(link.person, partnership(session), now.date())
    events = chosen_events(session, choice, reader, now, asked.from_day)
    entries = [chosen_entry(event, choice, base_url, reader, now) for event in events]
    entries += option_entries(session, Shown(choice, base_url, reader, now), asked.from_day)
    return kept_feed(joined_calendar(_head(link, base_url), entries, now), now)


def _head(link: FeedLink, base_url: str) -> CalendarHead:
    description = personal_feed_description(link.language)
    return CalendarHead(link.label, description, HOME_ZONE, f"{base_url}/feeds/", FEEDS["all"].color)
