"""The feeds themselves, the page on how to subscribe, and one's own links."""

from flask import Blueprint

feeds = Blueprint("feeds", __name__, url_prefix="/feeds")

from events_app.web.feeds.views import links, serving, subscribing  # noqa: E402, F401  (they add their routes)
