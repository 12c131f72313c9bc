"""Silent subscribers: whose calendar program has not asked since something close changed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from events_app.events.models import DRAFT, Event, EventChange
from events_app.events.queries import whole_events
from events_app.feeds.choices import choice_of, is_chosen
from events_app.feeds.entries import modified_at
from events_app.feeds.models import FeedLink
from events_app.partnership.queries import partnership
from events_app.people.models import Person
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may, reader_for

CLOSE = timedelta(hours=48)


@dataclass(frozen=True)
class SilentSubscriber:
    """Somebody who should hear of an event's change by mail, and through which link it was shown."""

    person: Person
    event: Event
    link: FeedLink


def silent_subscribers(session: Session, now: datetime) -> list[SilentSubscriber]:
    """Return who has links that show a close event and were all fetched before it last changed: a person once an event.

    Close is what begins within 48 hours, or would have before it was moved. A link that was never fetched counts for
    nothing: nobody relies on it. A constant number of queries.
    """
    facts, events = partnership(session), _close_events(session, now)
    found = []
    for links in _links_by_owner(session):
        reader = reader_for(links[0].person, facts, now.date())
        seen = [event for event in events if may(reader, Action.SEE, event, now)]
        found += [subscriber for event in seen if (subscriber := _silent(links, event, reader))]
    return found


def _silent(links: list[FeedLink], event: Event, reader: Reader) -> SilentSubscriber | None:
    # A cancelled event counts for links that leave it out, too: there it went without a word.
    showing = [link for link in links if is_chosen(event, replace(choice_of(link), shows_cancelled=True))]
    changed_at = modified_at(event, reader)
    if not showing or any(link.fetched_at and link.fetched_at >= changed_at for link in showing):
        return None
    return SilentSubscriber(showing[0].person, event, showing[0])


def _links_by_owner(session: Session) -> list[list[FeedLink]]:
    rows = select(FeedLink).where(FeedLink.revoked_at.is_(None), FeedLink.fetched_at.is_not(None))
    rows = rows.options(joinedload(FeedLink.person).selectinload(Person.posts)).order_by(
        FeedLink.person_id, FeedLink.id
    )
    return [list(links) for _, links in groupby(session.scalars(rows), key=attrgetter("person_id"))]


def _close_events(session: Session, now: datetime) -> list[Event]:
    is_close = and_(Event.starts_at > now, Event.starts_at <= now + CLOSE)
    was_close = Event.id.in_(_moved_away(now))
    return list(session.scalars(whole_events().where(Event.status != DRAFT, or_(is_close, was_close))))


def _moved_away(now: datetime) -> Select[int]:
    """Return the ids of the events that were lately moved from a day that is close to another."""
    was_on = EventChange.fields[("starts_on", 0)].as_string()
    days = (now.date().isoformat(), (now + CLOSE).date().isoformat())
    return select(EventChange.event_id).where(EventChange.at > now - CLOSE, was_on.between(*days))
