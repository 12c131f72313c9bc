"""Reading what feeds are made of."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from events_app.events.models import CANCELLED, PUBLIC, Event, EventChange
from events_app.events.queries import whole_events
from events_app.feeds.rules import Feed, first_day_cancelled
from events_app.rights.queries import is_public_event


@dataclass(frozen=True)
class FeedState:
    """What a feed depends on: `marks` differ whenever an event of the feed came, went or changed.

    `changed_at` covers every public event, and when one was public last: it never falls behind a feed that lost one.
    """

    marks: tuple[int, int, int, datetime | None]
    changed_at: datetime | None


def public_feed_state(session: Session, feed: Feed, first: date, now: datetime) -> FeedState:
    """Return the state of a public feed from a day on, in one query."""
    shown = shown_in(feed, first, now)
    sums = select(func.count(), func.sum(Event.id), func.sum(Event.version), func.max(Event.modified_at)).where(shown)
    count, ids, versions, newest, *changes = session.execute(
        sums.add_columns(_newest_public_change(), _newest_withdrawal())
    ).one()
    changed_at = max((change for change in changes if change), default=None)
    return FeedState((count, int(ids or 0), int(versions or 0), newest), changed_at)


def public_feed_events(session: Session, feed: Feed, first: date, now: datetime) -> list[Event]:
    """Return the events of a public feed from a day on, in order."""
    return list(session.scalars(whole_events().where(shown_in(feed, first, now))))


def shown_in(feed: Feed, first: date, now: datetime) -> ColumnElement[bool]:
    """Return the condition that an event stands in a public feed from a day on."""
    is_recent = and_(Event.ends_on >= first, or_(Event.status != CANCELLED, Event.ends_on >= first_day_cancelled(now)))
    return and_(is_public_event(), is_recent, _belongs_to(feed))


def _newest_public_change() -> ScalarSelect[datetime]:
    other = aliased(Event)
    return select(func.max(other.modified_at)).where(is_public_event(other)).scalar_subquery()


def _newest_withdrawal() -> ScalarSelect[datetime]:
    """Return when an event that had been public was last made anything else."""
    other = aliased(Event)
    was_public = EventChange.fields[("visibility", 0)].as_string() == PUBLIC
    withdrawn = select(func.max(EventChange.at)).join(other, other.id == EventChange.event_id)
    return withdrawn.where(other.published_at.is_not(None), other.visibility != PUBLIC, was_public).scalar_subquery()


def _belongs_to(feed: Feed) -> ColumnElement[bool]:
    """Return the condition that an event belongs in a feed; what stands on its margins comes along with a group's."""
    if not feed.group_key:
        return _is_own(feed, Event)
    parent = aliased(Event)
    return or_(_is_own(feed, Event), Event.parent.of_type(parent).has(_is_own(feed, parent)))


def _is_own(feed: Feed, event: type[Event]) -> ColumnElement[bool]:
    is_kind = event.kind_key.in_(feed.kind_keys) if feed.kind_keys else true()
    return and_(is_kind, event.groups.any(key=feed.group_key)) if feed.group_key else is_kind
