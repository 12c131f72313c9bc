"""The public feeds, and the page on how to subscribe to them."""

from datetime import date, datetime
from urllib.parse import quote

from flask import Blueprint, Response, abort, render_template, request

from events_app.extensions import db
from events_app.feeds.calendars import FeedRequest, FeedStamp, public_feed, public_feed_stamp
from events_app.feeds.errors import UnknownFeedError
from events_app.feeds.rules import FEEDS, feed_named
from events_app.web.access import PUBLIC, now, open_to, settings
from events_app.web.context import language
from events_app.words.feeds import feed_description, feed_name
from events_app.words.languages import DEFAULT_LANGUAGE, LANGUAGES

feeds = Blueprint("feeds", __name__, url_prefix="/feeds")

EARLIEST = date(1990, 1, 1)


@feeds.get("/")
@open_to(PUBLIC)
def subscribe() -> str:
    """Show the public feeds and how to add them to a calendar program."""
    offered = [_offer(name) for name in FEEDS]
    return render_template("feeds/subscribe.html", feeds=offered)


@feeds.get("/<name>.ics")
@open_to(PUBLIC)
def feed(name: str) -> Response:
    """Serve a public feed; 304 with one small query when nothing changed."""
    try:
        asked = FeedRequest(feed_named(name), _asked_language(), _asked_day())
    except UnknownFeedError:
        abort(404)
    stamp = public_feed_stamp(db.session(), asked, settings().base_url, now())
    response = Response(content_type="text/calendar; charset=utf-8")
    _describe(response, stamp)
    if _is_known(stamp):
        response.status_code = 304
    else:
        response.set_data(public_feed(db.session(), asked, settings().base_url, now()))
    return response


def _offer(name: str) -> dict[str, str]:
    address = f"{settings().base_url}/feeds/{name}.ics"
    if language() != DEFAULT_LANGUAGE:
        address += f"?lang={language()}"
    webcal = "webcal://" + address.split("://", 1)[1]
    title = feed_name(name, language())
    return {
        "name": name,
        "title": title,
        "description": feed_description(name, language()),
        "address": address,
        "webcal": webcal,
        "google": f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        "outlook": "https://outlook.office.com/calendar/0/addfromweb?"
        f"url={quote(address, safe='')}&name={quote(title, safe='')}",
    }


def _asked_language() -> str:
    # The address alone decides: a calendar program's Accept-Language is not its reader's choice.
    asked = request.args.get("lang", DEFAULT_LANGUAGE)
    return asked if asked in LANGUAGES else abort(400, description="unknown-language")


def _asked_day() -> date | None:
    asked = request.args.get("from")
    if asked is None:
        return None
    try:
        return max(date.fromisoformat(asked), EARLIEST)
    except ValueError:
        abort(400, description="bad-date")


def _describe(response: Response, stamp: FeedStamp) -> None:
    response.set_etag(stamp.etag)
    response.last_modified = stamp.last_modified
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Referrer-Policy"] = "no-referrer"


def _is_known(stamp: FeedStamp) -> bool:
    """Return whether the caller holds this version: If-None-Match decides, and only without it the date."""
    if "If-None-Match" in request.headers:
        return request.if_none_match.contains_weak(stamp.etag)
    since: datetime | None = request.if_modified_since
    return since is not None and stamp.last_modified.replace(microsecond=0) <= since
