"""Making feed links and taking them back, and noting that they are fetched."""

from dataclasses import asdict
from datetime import datetime, timedelta
from unicodedata import category

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from events_app.events.models import Kind, Topic
from events_app.feeds.choices import LONGEST_LABEL, MOST_LINKS, FeedChoice, check_choice
from events_app.feeds.errors import InvalidChoiceError, TooManyLinksError
from events_app.feeds.models import FeedFetch, FeedLink
from events_app.feeds.queries import links_of
from events_app.partnership.models import ContactGroup
from events_app.people.rules import digest_of, new_secret
from events_app.trail.actions import record_deed

NOTED_EVERY = timedelta(hours=1)
MOST_NETWORKS = 100


def create_link(
    session: Session, person_id: int, label: str, choice: FeedChoice, now: datetime
) -> tuple[FeedLink, str]:
    """Add a personal feed link and return it with its token, which is kept nowhere.

    Raises InvalidChoiceError, TooManyLinksError.
    """
    _check_label(label)
    check_choice(choice, _known_keys(session))
    if len(links_of(session, person_id)) >= MOST_LINKS:
        raise TooManyLinksError(MOST_LINKS)
    token = new_secret()
    chosen = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(choice).items()}
    link = FeedLink(
        person_id=person_id, digest=digest_of(token), label=label, created_at=now, changed_at=now, **chosen
    )  # fmt: skip
    session.add(link)
    session.flush()
    record_deed(session, person_id, "create", "feed-link", link.id, now)
    return link, token


def rename_link(session: Session, link: FeedLink, label: str, now: datetime) -> None:
    """Give a link another label; raises InvalidChoiceError."""
    _check_label(label)
    link.label, link.changed_at = label, now
    session.flush()


def revoke_link(session: Session, link: FeedLink, now: datetime, *, by_id: int | None) -> None:
    """Take a link back for good; the others of its owner stay."""
    if link.revoked_at is None:
        link.revoked_at = now
        record_deed(session, by_id, "revoke", "feed-link", link.id, now)
        session.flush()


def revoke_links_of(session: Session, person_id: int, now: datetime) -> None:
    """Take back and blank all links of somebody who is removed; programs that still ask are told so."""
    ids = select(FeedLink.id).where(FeedLink.person_id == person_id)
    session.execute(delete(FeedFetch).where(FeedFetch.link_id.in_(ids)))
    blank = {"label": "", "program": "", "revoked_at": func.coalesce(FeedLink.revoked_at, now)}
    session.execute(update(FeedLink).where(FeedLink.person_id == person_id).values(blank))


def is_worth_noting(link: FeedLink, network_seen_at: datetime | None, etag: str, now: datetime) -> bool:
    """Return whether a fetch is to be noted: another version than the last, a new network, or an hour went by."""
    is_new = link.served_etag != etag or network_seen_at is None or link.fetched_at is None
    return is_new or now - min(link.fetched_at or now, network_seen_at or now) >= NOTED_EVERY


def served_since(link: FeedLink, etag: str, now: datetime) -> datetime:
    """Return since when a link has served this version: its Last-Modified, which no two versions share.

    Rights, too, change what a link shows: no date of an event would tell callers who go by the date alone.
    """
    if link.served_since is None:
        return now
    return link.served_since if link.served_etag == etag else max(now, link.served_since + timedelta(seconds=1))


def note_fetch(session: Session, link: FeedLink, network: str, program: str, etag: str, now: datetime) -> None:
    """Note that a link was fetched: when, by which program, in which version, from which network."""
    fetched = {"fetched_at": now, "program": program[:60], "served_etag": etag}
    fetched["served_since"] = served_since(link, etag, now)
    session.execute(update(FeedLink).where(FeedLink.id == link.id).values(fetched))
    seen = update(FeedFetch).where(FeedFetch.link_id == link.id, FeedFetch.network == network)
    if not session.execute(seen.values(fetched_at=now)).rowcount:  # type: ignore[attr-defined]
        _note_network(session, link.id, network, now)


def forget_fetches(session: Session, keep: timedelta, now: datetime) -> None:
    """Delete what tells from where links were fetched longer ago than `keep`."""
    session.execute(delete(FeedFetch).where(FeedFetch.fetched_at < now - keep))


def _note_network(session: Session, link_id: int, network: str, now: datetime) -> None:
    known = session.scalar(select(func.count()).where(FeedFetch.link_id == link_id)) or 0
    if known < MOST_NETWORKS:
        session.add(FeedFetch(link_id=link_id, network=network, fetched_at=now))
        session.flush()


def _check_label(label: str) -> None:
    if not 0 < len(label) <= LONGEST_LABEL or any(category(sign) == "Cc" for sign in label):
        raise InvalidChoiceError("label")


def _known_keys(session: Session) -> dict[str, set[str]]:
    columns = {"group_keys": ContactGroup.key, "kind_keys": Kind.key, "topic_keys": Topic.key}
    return {field: set(session.scalars(select(column))) for field, column in columns.items()}
