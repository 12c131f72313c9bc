"""Drafting events: choosing a kind, entering the details, throwing a draft away."""

from dataclasses import replace
from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_app.events.actions.writing import create_event, create_weekly_series, discard_draft
from events_app.events.errors import InvalidEventError, Problem
from events_app.events.files import remove_file
from events_app.events.models import Event, Kind
from events_app.events.queries import kinds
from events_app.events.rules.details import EventDetails
from events_app.extensions import db, transaction
from events_app.planning.clashes.rules import Clash
from events_app.rights.models import Action
from events_app.rights.rules import may_draft_for, may_draft_kind
from events_app.web.access import (
    CONTACT_POINT,
    allowed,
    current_reader,
    event_numbered,
    event_or_404,
    now,
    open_to,
    refuse,
    settings,
)
from events_app.web.context import language, say, say_count
from events_app.web.documents.views import upload_folder
from events_app.web.events.clashes import keep_reason, new_clashes, require_reason
from events_app.web.events.forms.details import DetailsForm, details_form, usual_details
from events_app.web.events.forms.steps import StepForm
from events_app.web.events.problems import refuse_repeated_hour, show_problems
from events_app.web.events.views import events
from events_app.web.events.views.editing import details_page
from events_app.words.labels import kind_name

SIDE_EVENT = "side-event"
WEEKLY_KINDS = ("permanent-council", "forum")


@events.get("/new")
@open_to(CONTACT_POINT)
def choose_kind() -> str:
    """Ask what kind of event is to be drafted."""
    able = [kind for kind in kinds(db.session()) if may_draft_kind(current_reader(), kind)]
    offered = [(kind.key, kind_name(kind, (), None, language())) for kind in able]
    return render_template("events/choose_kind.html", kinds=offered, parent=request.args.get("parent", type=int))


@events.route("/new/<kind_key>", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def new(kind_key: str) -> Response | tuple[str, int]:
    """Draft an event of a kind."""
    kind = db.session.get(Kind, kind_key) or abort(404)
    if not may_draft_kind(current_reader(), kind):
        refuse(403, "draft-kind")
    usual = _usual(kind)
    form = details_form(db.session(), current_reader(), kind, usual, may_change_kind=True)
    if kind_key not in WEEKLY_KINDS or not allowed(Action.REPEAT_WEEKLY):
        del form.repeat_until
    clashes: list[Clash] = []
    if form.validate_on_submit():
        try:
            clashes = [] if "repeat_until" in form else new_clashes(form.details(usual), kind)
            return _drafted(form, form.details(usual), clashes)
        except InvalidEventError as error:
            show_problems(form, error)
    return details_page(form, kind, None, status=422 if form.is_submitted() else 200, clashes=clashes)


@events.route("/<int:event_id>/discard", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def discard(event_id: int) -> str | Response:
    """Delete a draft, after asking."""
    event = event_or_404(event_id, Action.DISCARD)
    form = StepForm()
    if not form.validate_on_submit():
        return render_template("events/discard.html", form=form, event=event)
    files = [document.stored_as for document in event.documents if document.is_file]
    with transaction() as session:
        discard_draft(session, event, now(), person_id=current_reader().person_id)
    for name in files:
        remove_file(upload_folder(), name)
    flash(say("The draft was discarded."))
    return redirect(url_for("desk.desk_page"))


def _usual(kind: Kind) -> EventDetails:
    """Return what a new event of a kind looks like: on the margins of another one it takes its day and groups."""
    usual = usual_details(kind, now(), _usual_groups(kind))
    parent = event_numbered(request.args.get("parent", 0, type=int))
    if parent is None or not allowed(Action.SEE, parent):
        return usual
    day, zone = parent.starts_on, parent.time_zone
    return replace(usual, parent_id=parent.id, group_keys=parent.group_keys, starts_on=day, ends_on=day, time_zone=zone)


def _usual_groups(kind: Kind) -> tuple[str, ...]:
    known = tuple(current_reader().partnership.groups)
    if kind.groups == "both":
        return known
    asked = request.args.get("group", "")
    return (asked,) if asked in known else ()


def _drafted(form: DetailsForm, details: EventDetails, clashes: list[Clash]) -> Response:
    if not may_draft_for(current_reader(), details.group_keys, details.starts_on):
        raise InvalidEventError([Problem("group_keys", "not-yours")])
    if details.kind_key == SIDE_EVENT and details.parent_id is None:
        raise InvalidEventError([Problem("parent_id", "needs-parent")])
    refuse_repeated_hour(form, details)
    require_reason(clashes, form.clash_reason.data)
    with transaction():
        first, *more = _created(details, form.repeat_until.data if "repeat_until" in form else None)
        keep_reason(first, clashes, form.clash_reason.data)
    if more:
        flash(say_count(
            "{count} draft was saved.",
            "{count} drafts were saved, a week apart; weeks without meetings were left out.",
            len(more) + 1,
        ))  # fmt: skip
        return redirect(url_for("desk.desk_page"))
    flash(say("Saved as a draft: only those who may edit it can see it. Propose or confirm it when it is ready."))
    return redirect(url_for("events.page", event_id=first.id))


def _created(details: EventDetails, until: date | None) -> list[Event]:
    session, host, reader = db.session(), settings().host, current_reader()
    if until:
        return create_weekly_series(session, details, until, host, now(), person_id=reader.person_id)
    for_code = min(reader.contact_codes, default=None)
    return [create_event(session, details, host, now(), person_id=reader.person_id, for_code=for_code)]
