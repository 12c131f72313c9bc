"""The list of participants: on a page, on paper, as a table for spreadsheets."""

from flask import Response, render_template

from events_app.extensions import transaction
from events_app.rights.models import Action
from events_app.trail.actions import record_deed
from events_app.web.access import CONTACT_POINT, current_reader, event_or_404, now, open_to
from events_app.web.attendance.export import csv_bytes
from events_app.web.attendance.participants import participant_lines, participants_of
from events_app.web.attendance.views import attendance


@attendance.get("/participants")
@open_to(CONTACT_POINT)
def participants(event_id: int) -> str:
    """Show the organisers who comes, who declined and who has not answered."""
    event = event_or_404(event_id, Action.SEE_ATTENDANCE)
    return render_template("attendance/participants.html", event=event, participants=participants_of(event))


@attendance.post("/participants.csv")
@open_to(CONTACT_POINT)
def export(event_id: int) -> Response:
    """Give the list of participants as CSV; that it was taken is recorded, hence a POST."""
    event = event_or_404(event_id, Action.SEE_ATTENDANCE)
    content, name = csv_bytes(participant_lines(participants_of(event))), f"participants-{event.starts_on}.csv"
    with transaction() as session:
        record_deed(session, current_reader().person_id, "export", "event", event_id, now())
    response = Response(content, content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response
