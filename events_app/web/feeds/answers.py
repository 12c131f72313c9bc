"""How a feed goes out over HTTP: what callers may keep, what they need not get again, and what if there is none."""

from datetime import datetime
from typing import cast

from flask import Response, current_app, request

from events_app.feeds.kept import KeptFeed, KeptFeeds

CALENDAR = "text/calendar; charset=utf-8"
TRY_AGAIN_AFTER = "300"  # seconds


def kept_feeds(*, reaching_back: bool = False) -> KeptFeeds:
    """Return the feeds that this application keeps; those that reach back further have a small room of their own."""
    return cast(KeptFeeds, current_app.extensions["far_feeds" if reaching_back else "kept_feeds"])


def feed_answer(feed: KeptFeed, last_modified: datetime, sharing: str) -> Response:
    """Return a feed, or 304 to who has this version; `sharing` tells caches (public or private)."""
    is_compressed = request.accept_encodings.quality("gzip") > 0
    response = Response(content_type=CALENDAR)
    response.set_etag(f"{feed.etag}-gzip" if is_compressed else feed.etag)
    response.last_modified = last_modified
    response.headers["Cache-Control"] = f"{sharing}, max-age=300"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Referrer-Policy"] = "no-referrer"
    if _is_known(feed, last_modified):
        response.status_code = 304
        return response
    if is_compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.set_data(feed.compressed if is_compressed else feed.content)
    return response


def no_feed_now() -> Response:
    """Return that a feed cannot be made now: never an empty calendar, of which programs would make an empty one."""
    headers = {"Retry-After": TRY_AGAIN_AFTER, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return Response("", 503, headers, content_type="text/plain; charset=utf-8")


def _is_known(feed: KeptFeed, last_modified: datetime) -> bool:
    """Return whether the caller holds this version: If-None-Match decides, and only without it the date."""
    if "If-None-Match" in request.headers:
        tags = request.if_none_match
        return tags.contains_weak(feed.etag) or tags.contains_weak(f"{feed.etag}-gzip")
    since = request.if_modified_since
    return since is not None and last_modified.replace(microsecond=0) <= since
