"""Taking an event through its life, and its download."""

from urllib.parse import quote

from flask import Response, abort, flash, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from events_app.events.actions.life import take_step
from events_app.events.errors import StaleEventError, WrongStatusError
from events_app.events.models import Event
from events_app.events.rules.life import CANCEL, CONFIRM, POSTPONE, PROPOSE, RESTORE, STEPS, open_steps, status_after
from events_app.extensions import transaction
from events_app.feeds.public import single_event
from events_app.letters.change_notice import News
from events_app.reminders.changes import open_notice, values_of
from events_app.rights.rules import may_take
from events_app.web.access import CONTACT_POINT, PUBLIC, current_reader, event_or_404, now, open_to, refuse, settings
from events_app.web.context import language, say
from events_app.web.events.clashes import clashes_on_page
from events_app.web.events.forms.steps import StepForm, step_form
from events_app.web.events.telling import Preview, after_saving, preview_of
from events_app.web.events.views import events
from events_app.words.labels import kind_name

USUALLY_TOLD = (POSTPONE, CANCEL, RESTORE)
NO_VERSION = 0  # no event has it: who does not say what was seen has seen nothing


@events.route("/<int:event_id>/<any({steps}):step>".format(steps=", ".join(STEPS)), methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def step(event_id: int, step: str) -> str | AnyResponse | tuple[str, int]:
    """Ask, then take an event through a step of its life."""
    event = event_or_404(event_id)
    if not may_take(current_reader(), step, event, now()):
        refuse(404 if current_reader().is_public else 403, step, event)
    if step not in open_steps(event, now()):
        abort(409)
    form, status, preview = step_form(step), 200, _preview(event, step)
    if preview is None:
        del form.tell, form.note
    if not form.is_submitted():
        form.version.data = event.version
    elif not form.validate():
        status = 422
    else:
        return _taken(event, step, form)
    clashes = clashes_on_page(event) if step in (PROPOSE, CONFIRM, RESTORE) else []
    shown = render_template("events/step.html", form=form, event=event, step=step, preview=preview, clashes=clashes)
    return shown, status


def _preview(event: Event, step: str) -> Preview | None:
    """Return what a step would send; those that only sometimes are worth a letter ask once they are taken."""
    if step not in USUALLY_TOLD:
        return None
    was = values_of(event)
    return preview_of(News(event, was, {**was, "status": status_after(event, step, now())}))


def _taken(event: Event, step: str, form: StepForm) -> AnyResponse:
    was, person_id = values_of(event), current_reader().person_id
    try:
        with transaction() as session:
            take_step(
                session, event, step, now(), person_id=person_id, reason=form.reason.data or "",
                version=form.version.data or NO_VERSION,
            )  # fmt: skip
            if "tell" in form and form.tell.data:
                open_notice(session, event, was, person_id, now(), form.note.data or "")
    except (StaleEventError, WrongStatusError):
        abort(409)
    flash(say("Done. Calendars that subscribe will show it when they next refresh."))
    return after_saving(event, asks=step == CONFIRM and "and_tell" in request.form)


@events.get("/<int:event_id>.ics")
@open_to(PUBLIC)
def download(event_id: int) -> Response:
    """Give one event as a calendar file."""
    event = event_or_404(event_id)
    content = single_event(event, language(), settings().base_url, current_reader(), now())
    response = Response(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = _attached_as(event)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _attached_as(event: Event) -> str:
    """Return the header that names the file: plainly for old programs, in the reader's language for others."""
    day = event.starts_on.isoformat()
    named = kind_name(event.kind, event.group_keys, event.starts_on, language()).replace("/", " ")
    return f"attachment; filename=\"{event.kind_key}-{day}.ics\"; filename*=UTF-8''{quote(f'{named} {day}.ics')}"
