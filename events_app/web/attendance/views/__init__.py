"""The pages of attendance: answering, suggesting, the participants."""

from flask import Blueprint

from events_app.web.attendance.sheet import event_answers

attendance = Blueprint("attendance", __name__, url_prefix="/events/<int:event_id>")
attendance.add_app_template_global(event_answers)

from events_app.web.attendance.views import answering, participants, suggesting  # noqa: E402, F401  (they add routes)
