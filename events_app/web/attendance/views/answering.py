"""Answering an invitation for one's delegation."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_app.events.actions.attendance import answer_invitation
from events_app.events.errors import InvalidAttendanceError
from events_app.events.models import Event
from events_app.events.queries import answer_of
from events_app.events.rules.attendance import is_late
from events_app.extensions import db, transaction
from events_app.rights.rules import may_answer_for
from events_app.web.access import SAFE_METHODS, SIGNED_IN, current_reader, event_or_404, now, open_to
from events_app.web.attendance.delegations import answerable_codes, asked_code
from events_app.web.attendance.forms import AnswerForm, answer_form
from events_app.web.attendance.problems import show_problems
from events_app.web.attendance.views import attendance
from events_app.web.context import say


@attendance.route("/answer", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def answer(event_id: int) -> Response | tuple[str, int]:
    """Answer for a delegation, or change what it answered."""
    event = event_or_404(event_id)
    code = asked_code(event)
    if not may_answer_for(current_reader(), code or answerable_codes(event)[0], event, now()):
        return closed_page(event)
    if code is None:
        return choice_page(event, "attendance.answer")
    given = answer_of(db.session(), event.id, code)
    form = answer_form(event, given)
    if form.validate_on_submit():
        try:
            return _answered(event, code, form)
        except InvalidAttendanceError as error:
            show_problems(form, error)
    shown = {"event": event, "code": code, "form": form, "given": given, "is_late": is_late(event, now())}
    return render_template("attendance/answer.html", **shown), 422 if form.is_submitted() else 200


def choice_page(event: Event, endpoint: str) -> tuple[str, int]:
    """Return the page that asks for which delegation."""
    codes, status = answerable_codes(event), 200 if request.method in SAFE_METHODS else 422
    return render_template("attendance/choose.html", event=event, codes=codes, endpoint=endpoint), status


def closed_page(event: Event) -> tuple[str, int]:
    """Return the page that says that an event takes no answers and suggestions."""
    return render_template("attendance/closed.html", event=event), 409


def _answered(event: Event, code: str, form: AnswerForm) -> Response:
    with transaction() as session:
        answer_invitation(session, event, code, form.details(), now(), current_reader().person_id)
    flash(say("Your answer was saved. You can change it until the event begins."))
    return redirect(url_for("events.page", event_id=event.id))
