"""Preparing an event: its steps in the order of days, to be ticked, assigned, moved, dropped and added."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_app.events.models import Event
from events_app.extensions import db, transaction
from events_app.reminders.errors import InvalidStepError, UnknownStepError
from events_app.reminders.preparation.actions import (
    add_step,
    change_step,
    drop_step,
    restore_steps,
    tick_step,
    untick_step,
)
from events_app.reminders.preparation.queries import steps_of_event
from events_app.reminders.preparation.rules import Step
from events_app.rights.models import Action
from events_app.web.access import CONTACT_POINT, current_reader, event_or_404, now, open_to
from events_app.web.context import say
from events_app.web.preparation.forms import StepForm, step_form
from events_app.web.preparation.sheet import preparation_of, step_row, steps_on_desk

preparation = Blueprint("preparation", __name__, url_prefix="/events/<int:event_id>/preparation")
preparation.add_app_template_global(steps_on_desk)

DEEDS = {"tick": tick_step, "untick": untick_step, "drop": drop_step}


@preparation.get("")
@open_to(CONTACT_POINT)
def page(event_id: int) -> str:
    """List the steps of an event."""
    event = event_or_404(event_id, Action.EDIT)
    return render_template("preparation/page.html", event=event, preparation=preparation_of(event))


@preparation.route("/new", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def new(event_id: int) -> Response | tuple[str, int]:
    """Give an event a step of its own."""
    event = event_or_404(event_id, Action.EDIT)
    form = step_form(event)
    if form.validate_on_submit() and _is_saved(form, event):
        return _saved(event)
    return render_template("preparation/new.html", event=event, form=form), 422 if form.errors else 200


@preparation.route("/steps/<key>", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def change(event_id: int, key: str) -> Response | tuple[str, int]:
    """Assign a step to somebody, or give it another day."""
    event = event_or_404(event_id, Action.EDIT)
    step = _step_or_404(event, key)
    form = step_form(event, step)
    if form.validate_on_submit() and _is_saved(form, event, key):
        return _saved(event)
    shown = render_template("preparation/change.html", event=event, form=form, step=step_row(step))
    return shown, 422 if form.errors else 200


@preparation.post("/steps/<key>/<any({}):deed>".format(", ".join(DEEDS)))
@open_to(CONTACT_POINT)
def do(event_id: int, key: str, deed: str) -> Response:
    """Tick a step, say that it is not done after all, or drop it."""
    event = event_or_404(event_id, Action.EDIT)
    try:
        with transaction() as session:
            DEEDS[deed](session, event, key, now(), by_id=current_reader().person_id)
    except UnknownStepError:
        abort(404)
    return _saved(event)


@preparation.post("/restore")
@open_to(CONTACT_POINT)
def restore(event_id: int) -> Response:
    """Let an event have the steps of its kind again."""
    event = event_or_404(event_id, Action.EDIT)
    with transaction() as session:
        restore_steps(session, event, now(), by_id=current_reader().person_id)
    return _saved(event)


def _is_saved(form: StepForm, event: Event, key: str = "") -> bool:
    by_id = current_reader().person_id
    try:
        with transaction() as session:
            if key:
                change_step(session, event, key, form.entry, now(), by_id=by_id)
            else:
                add_step(session, event, form.entry, now(), by_id=by_id)
    except UnknownStepError:
        abort(404)
    except InvalidStepError as error:
        form.show(error)
        return False
    return True


def _step_or_404(event: Event, key: str) -> Step:
    found = (step for step in steps_of_event(db.session(), event) if step.key == key and not step.is_dropped)
    return next(found, None) or abort(404)


def _saved(event: Event) -> Response:
    flash(say("Saved."))
    return redirect(url_for("preparation.page", event_id=event.id))
