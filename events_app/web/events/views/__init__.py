"""The pages of one event: reading it, writing it, taking it through its life."""

from flask import Blueprint

events = Blueprint("events", __name__, url_prefix="/events")

from events_app.web.events.views import drafting, editing, lessons, page, steps, telling  # noqa: E402, F401  (they add their routes)
