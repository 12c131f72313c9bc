"""Suggesting something for an event, and settling what was suggested."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_app.events.actions.attendance import settle_suggestion, suggest
from events_app.events.errors import InvalidAttendanceError, SuggestionSettledError
from events_app.events.models import Event, Suggestion
from events_app.extensions import db, transaction
from events_app.rights.models import Action
from events_app.web.access import CONTACT_POINT, SIGNED_IN, allowed, current_reader, event_or_404, now, open_to
from events_app.web.attendance.delegations import asked_code
from events_app.web.attendance.forms import SuggestionForm, suggestion_form
from events_app.web.attendance.problems import show_problems
from events_app.web.attendance.views import attendance
from events_app.web.attendance.views.answering import choice_page, closed_page
from events_app.web.context import say


@attendance.route("/suggest", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def make_suggestion(event_id: int) -> Response | tuple[str, int]:
    """Suggest a side event, a point of the agenda or another date."""
    event = event_or_404(event_id)
    code = asked_code(event)
    if not allowed(Action.SUGGEST, event):
        return closed_page(event)
    if code is None:
        return choice_page(event, "attendance.make_suggestion")
    form = suggestion_form()
    if form.validate_on_submit():
        try:
            return _suggested(event, code, form)
        except InvalidAttendanceError as error:
            show_problems(form, error)
    shown = render_template("attendance/suggest.html", event=event, code=code, form=form)
    return shown, 422 if form.is_submitted() else 200


@attendance.post("/suggestions/<int:suggestion_id>")
@open_to(CONTACT_POINT)
def settle(event_id: int, suggestion_id: int) -> Response:
    """Say whether a suggestion is taken up."""
    event = event_or_404(event_id, Action.EDIT)
    suggestion = _suggestion_or_404(event, suggestion_id)
    try:
        with transaction() as session:
            settle_suggestion(session, suggestion, request.form.get("state", ""), now(), current_reader().person_id)
    except SuggestionSettledError:
        abort(409)
    except InvalidAttendanceError:
        abort(422)
    flash(say("Saved."))
    return redirect(url_for("events.page", event_id=event_id))


def _suggested(event: Event, code: str, form: SuggestionForm) -> Response:
    entered = (form.what.data, form.text.data, form.day.data)
    with transaction() as session:
        suggest(session, event, code, *entered, now(), current_reader().person_id)
    flash(say("Your suggestion was saved: the organisers see it on the page of the event."))
    return redirect(url_for("events.page", event_id=event.id))


def _suggestion_or_404(event: Event, suggestion_id: int) -> Suggestion:
    found = db.session.get(Suggestion, suggestion_id) if suggestion_id < 2**31 else None
    if found is None or found.event_id != event.id:
        abort(404)
    return found
