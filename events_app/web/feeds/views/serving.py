"""Serving feeds: public ones by name, personal ones by token. No session, no redirect, no negotiation."""

import hashlib
import hmac
import logging
import re
from collections.abc import Callable
from datetime import date
from ipaddress import ip_address, ip_network

from flask import Response, abort, request
from sqlalchemy.exc import SQLAlchemyError

from events_app.extensions import db, limiter
from events_app.feeds.actions import is_worth_noting, note_fetch, served_since
from events_app.feeds.kept import KeptFeed
from events_app.feeds.models import FeedLink
from events_app.feeds.personal import LinkRequest, personal_feed
from events_app.feeds.public import FeedRequest, public_feed
from events_app.feeds.queries import link_and_stamp
from events_app.feeds.rules import FEEDS, first_day
from events_app.people.rules import digest_of
from events_app.web.access import PUBLIC, now, observing, open_to, settings
from events_app.web.feeds.answers import feed_answer, kept_feeds, no_feed_now
from events_app.web.feeds.programs import calendar_program
from events_app.web.feeds.views import feeds
from events_app.words.languages import DEFAULT_LANGUAGE, LANGUAGES

FETCHES = "30 per minute"
EARLIEST = date(1990, 1, 1)
ISO_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")

logger = logging.getLogger(__name__)


@feeds.get("/<name>.ics")
@open_to(PUBLIC)
def feed(name: str) -> Response:
    """Serve a feed; 304 with one small query when nothing changed, 503 when it cannot be made."""
    if name in FEEDS:
        return _public(name)
    with limiter.limit(FETCHES, key_func=lambda: digest_of(name)):
        return _personal(name)


def _public(name: str) -> Response:
    asked = FeedRequest(FEEDS[name], _asked_language(), _asked_day())
    kept = kept_feeds(reaching_back=asked.from_day is not None)
    made = _made(lambda: public_feed(db.session(), asked, settings().base_url, kept, now()))
    # The last good bytes are better than none: they are public, and soon there will be new ones.
    made = made or kept.last_good(asked)
    return feed_answer(made, made.last_modified, "public") if made else no_feed_now()


def _personal(token: str) -> Response:
    try:
        found = link_and_stamp(db.session(), digest_of(token), _network())
    except SQLAlchemyError:
        logger.exception("a feed link could not be looked up")
        return no_feed_now()
    if found is None:
        abort(404)
    link, network_seen_at, stamp = found
    if link.revoked_at:
        abort(410)
    asked, kept = LinkRequest(link, _asked_day()), kept_feeds(reaching_back="from" in request.args)
    made = _made(lambda: personal_feed(db.session(), asked, stamp, settings().base_url, kept, now()))
    if made is None:
        return no_feed_now()
    since = served_since(link, made.etag, now())
    if request.method == "GET" and is_worth_noting(link, network_seen_at, made.etag, now()):
        _note(link, made)
    answer = feed_answer(made, since, "private")
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _made(make: Callable[[], KeptFeed]) -> KeptFeed | None:
    """Return the feed, or None where it cannot be made, for whatever reason: that must never look like an empty one."""
    try:
        return make()
    except Exception:
        db.session.rollback()
        logger.exception("a feed could not be made")
        return None


def _note(link: FeedLink, made: KeptFeed) -> None:
    """Note the fetch in a transaction of its own; where that would have to wait, the next one will do."""
    program = calendar_program(request.user_agent.string)
    try:
        with observing(waits=False) as session:
            note_fetch(session, link, _network(), program, made.etag, now())
    except SQLAlchemyError:
        logger.warning("the fetch of a feed link could not be noted")


def _network() -> str:
    """Return the caller's network as a keyed digest: enough to count by, not enough to find anybody."""
    address = ip_address(request.remote_addr or "127.0.0.1")
    network = ip_network((address, 24 if address.version == 4 else 48), strict=False)
    return hmac.new(settings().signing_key.encode(), str(network).encode(), hashlib.sha256).hexdigest()[:16]


def _asked_language() -> str:
    # The address alone decides: a calendar program's Accept-Language is not its reader's choice.
    asked = request.args.get("lang", DEFAULT_LANGUAGE)
    return asked if asked in LANGUAGES else abort(400, description="unknown-language")


def _asked_day() -> date | None:
    asked = request.args.get("from")
    if asked is None:
        return None
    try:
        day = max(date.fromisoformat(asked if ISO_DAY.fullmatch(asked) else ""), EARLIEST)
    except ValueError:
        abort(400, description="bad-date")
    return day if day < first_day(now()) else None
