"""Reading what feeds are made of."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, bindparam, case, func, or_, select, true
from sqlalchemy.orm import Session, aliased, joinedload

from events_app.events.models import PUBLIC, Event, EventChange
from events_app.events.queries import whole_events
from events_app.events.silence import as_of, is_expired, modified_in, published_in
from events_app.feeds.models import FeedFetch, FeedLink
from events_app.feeds.rules import Feed
from events_app.partnership.models import Chairmanship
from events_app.people.models import Person
from events_app.rights.queries import is_public_event
from events_app.shared.database import UtcDateTime

Stamp = tuple[Any, ...]
NEVER = datetime.min.replace(tzinfo=UTC)

# Each poll asks one of these two: they are built once, and each reads either table once.
_SUMS = select(
    func.count(Event.id).label("events"), func.sum(Event.id).label("ids"), func.sum(Event.version).label("versions"),
    func.max(Event.changed_at).label("changed_at"),
    func.sum(case((is_expired(bindparam("as_of", type_=UtcDateTime())), Event.id), else_=0)).label("silent"),
).subquery()  # fmt: skip
_ROSTER = select(
    func.max(Chairmanship.corrected_at).label("corrected_at"), func.count(Chairmanship.state_code).label("known"),
    func.count(Chairmanship.year).label("years"),
).subquery()  # fmt: skip
_SEEN = (
    select(FeedFetch.fetched_at)
    .where(FeedFetch.link_id == FeedLink.id, FeedFetch.network == bindparam("network"))
    .scalar_subquery()
)
CALENDAR_STAMP = select(_SUMS, _ROSTER).join_from(_SUMS, _ROSTER, true())
LINK_AND_STAMP = (
    select(FeedLink, _SEEN, _SUMS, _ROSTER)
    .join_from(FeedLink, _SUMS, true())
    .join(_ROSTER, true())
    .where(FeedLink.digest == bindparam("digest"))
    .options(joinedload(FeedLink.person).joinedload(Person.posts))
)


def calendar_stamp(session: Session) -> Stamp:
    """Return what differs whenever an event or the roster changed, in one small query; all feeds rest on it."""
    return tuple(session.connection().execute(CALENDAR_STAMP, {"as_of": as_of(session) or NEVER}).one())


def link_and_stamp(session: Session, digest: str, network: str) -> tuple[FeedLink, datetime | None, Stamp] | None:
    """Return the link of a token's digest, when it was last fetched from a network, and the calendar's stamp.

    One query, owner and posts included; None if there is no such link.
    """
    asked = {"digest": digest, "network": network, "as_of": as_of(session) or NEVER}
    found = session.execute(LINK_AND_STAMP, asked).unique().one_or_none()
    return (found[0], found[1], tuple(found[2:])) if found else None


def links_of(session: Session, person_id: int) -> list[FeedLink]:
    """Return the links of a person that are not revoked, the oldest first."""
    rows = select(FeedLink).where(FeedLink.person_id == person_id, FeedLink.revoked_at.is_(None))
    return list(session.scalars(rows.order_by(FeedLink.id)))


def links_by_person(session: Session, person_ids: list[int]) -> dict[int, list[FeedLink]]:
    """Return the links of several people that are not revoked, by person."""
    rows = select(FeedLink).where(FeedLink.person_id.in_(person_ids), FeedLink.revoked_at.is_(None))
    found: dict[int, list[FeedLink]] = {}
    for link in session.scalars(rows.order_by(FeedLink.id)):
        found.setdefault(link.person_id, []).append(link)
    return found


def network_counts(session: Session, link_ids: list[int], since: datetime) -> dict[int, int]:
    """Return from how many networks each link was fetched since an instant."""
    rows = select(FeedFetch.link_id, func.count()).where(FeedFetch.link_id.in_(link_ids), FeedFetch.fetched_at >= since)
    return {row[0]: row[1] for row in session.execute(rows.group_by(FeedFetch.link_id))}


def public_events(session: Session, feed: Feed, first: date) -> list[Event]:
    """Return the events of a public feed from a day on, in order, cancelled ones of any age included."""
    shown = and_(is_public_event(session), Event.ends_on >= first, _belongs_to(feed))
    return list(session.scalars(whole_events().where(shown)))


def events_from(session: Session, first: date) -> list[Event]:
    """Return all events from a day on, in order, for whoever may see them."""
    return list(session.scalars(whole_events().where(Event.ends_on >= first)))


def newest_public_changes(session: Session) -> list[datetime]:
    """Return when a public event was last modified and when one was last made anything else, as far as there were any.

    It covers every public event, so that it never falls behind a feed that lost one.
    """
    newest = session.execute(select(_newest_public_change(session), _newest_withdrawal(session))).one()
    return [at for at in newest if at]


def _newest_public_change(session: Session) -> ScalarSelect[datetime]:
    return select(func.max(modified_in(session))).where(is_public_event(session)).scalar_subquery()


def _newest_withdrawal(session: Session) -> ScalarSelect[datetime]:
    """Return when an event that had been public was last made anything else."""
    withdrawn = select(func.max(EventChange.at)).join(Event, Event.id == EventChange.event_id)
    was_public = _had_visibility() == PUBLIC
    return withdrawn.where(published_in(session).is_not(None), Event.visibility != PUBLIC, was_public).scalar_subquery()


def _had_visibility() -> ColumnElement[str]:
    found: ColumnElement[str] = EventChange.fields[("visibility", 0)].as_string()
    return found


def _belongs_to(feed: Feed) -> ColumnElement[bool]:
    """Return the condition that an event belongs in a feed; what stands on its margins comes along with a group's."""
    if not feed.group_key:
        return _is_own(feed, Event)
    parent = aliased(Event)
    return or_(_is_own(feed, Event), Event.parent.of_type(parent).has(_is_own(feed, parent)))


def _is_own(feed: Feed, event: type[Event]) -> ColumnElement[bool]:
    is_kind = event.kind_key.in_(feed.kind_keys) if feed.kind_keys else true()
    return and_(is_kind, event.groups.any(key=feed.group_key)) if feed.group_key else is_kind
