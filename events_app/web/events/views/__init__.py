"""The pages of one event: reading it, writing it, taking it through its life."""

from flask import Blueprint

from events_app.web.events.telling import has_untold, is_told_soon

events = Blueprint("events", __name__, url_prefix="/events")
events.add_app_template_global(has_untold)
events.add_app_template_global(is_told_soon)

from events_app.web.events.views import drafting, editing, lessons, page, steps, telling  # noqa: E402, F401  (they add their routes)
