"""The pages of date consultations."""

from flask import Blueprint

from events_app.web.consultations.lines import desk_consultations, event_consultations
from events_app.web.events.lens import lens_beside

consultations = Blueprint("consultations", __name__)
consultations.add_app_template_global(event_consultations)
consultations.add_app_template_global(desk_consultations)
consultations.add_app_template_global(lens_beside)

from events_app.web.consultations.views import answering, opening, reading, settling  # noqa: E402, F401  (they add routes)
