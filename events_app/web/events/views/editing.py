"""Changing events: the details, and what the host takes care of. A stale edit shows both versions."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from events_app.dates.zones import zone_names
from events_app.events.actions.writing import change_event
from events_app.events.errors import InvalidEventError, Problem, StaleEventError
from events_app.events.models import Event, Kind
from events_app.events.rules.details import EventDetails, details_of, differences
from events_app.extensions import db, transaction
from events_app.planning.clashes.rules import Clash
from events_app.reminders.changes import is_usually_told, may_be_told, open_notice, values_of
from events_app.rights.models import Action
from events_app.rights.rules import may_draft_for
from events_app.web.access import CONTACT_POINT, allowed, current_reader, event_or_404, now, open_to
from events_app.web.context import language, say
from events_app.web.events.changes import Change, changes_in_words
from events_app.web.events.clashes import clash_lines, keep_reason, new_clashes, require_reason
from events_app.web.events.forms.details import DetailsForm, details_form, link_rows
from events_app.web.events.forms.steps import HostedForm, hosted_form
from events_app.web.events.lens import lens_of_form
from events_app.web.events.problems import refuse_repeated_hour, show_problems
from events_app.web.events.telling import after_saving
from events_app.web.events.views import events
from events_app.words.labels import kind_name


@events.route("/<int:event_id>/edit", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def edit(event_id: int) -> Response | tuple[str, int]:
    """Change the details of an event."""
    event = event_or_404(event_id, Action.EDIT)
    stored = details_of(event)
    may_change_kind = allowed(Action.CHANGE_KIND, event)
    form = details_form(db.session(), current_reader(), event.kind, stored, may_change_kind=may_change_kind)
    clashes: list[Clash] = []
    del form.repeat_until
    if not form.is_submitted():
        form.version.data = event.version
    elif form.validate():
        try:
            refuse_repeated_hour(form, form.details(stored))
            clashes = new_clashes(form.details(stored), event.kind, event)
            return _saved(event, form, form.details(stored), clashes)
        except InvalidEventError as error:
            show_problems(form, error)
        except StaleEventError as error:
            theirs = _both(form, stored, form.details(stored), error)
            return details_page(form, event.kind, event, status=409, theirs=theirs, clashes=clashes)
    return details_page(form, event.kind, event, status=422 if form.is_submitted() else 200, clashes=clashes)


@events.route("/<int:event_id>/edit-hosted", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def edit_hosted(event_id: int) -> Response | tuple[str, int]:
    """Change what the host of an event takes care of: the place and the documents."""
    event = event_or_404(event_id, Action.EDIT_HOSTED)
    stored = details_of(event)
    form, clashes = hosted_form(db.session(), stored), list[Clash]()
    if not form.is_submitted():
        form.version.data = event.version
    elif form.validate():
        entered = _hosted(form, stored)
        try:
            clashes = new_clashes(entered, event.kind, event)
            return _saved(event, form, entered, clashes)
        except InvalidEventError as error:
            show_problems(form, error)
        except StaleEventError as error:
            theirs = _both(form, stored, entered, error)
            return _hosted_page(form, event, clashes, theirs), 409
    return _hosted_page(form, event, clashes), 422 if form.is_submitted() else 200


def details_page(
    form: DetailsForm, kind: Kind, event: Event | None, *, status: int, theirs: list[Change] | None = None,
    clashes: Iterable[Clash] = (),
) -> tuple[str, int]:  # fmt: skip
    """Return the page of the details form; `theirs` is where a stale edit differs from what is stored."""
    title, zones = kind_name(kind, (), None, language()), zone_names()
    shown = render_template(
        "events/edit.html", form=form, kind=kind, event=event, theirs=theirs or [], zones=zones, title=title,
        clashes=clash_lines(clashes), lens=lens_of_form(form, kind, event),
    )  # fmt: skip
    return shown, status


def _hosted_page(form: HostedForm, event: Event, clashes: list[Clash], theirs: Sequence[Change] = ()) -> str:
    lines = clash_lines(clashes)
    return render_template("events/edit_hosted.html", form=form, event=event, theirs=theirs, clashes=lines)


def _hosted(form: HostedForm, stored: EventDetails) -> EventDetails:
    documents = link_rows(form.documents)
    return replace(stored, venue_key=form.venue_key.data or None, place=form.place.data, documents=documents)


def _saved(event: Event, form: DetailsForm | HostedForm, details: EventDetails, clashes: list[Clash]) -> Response:
    if details.group_keys != event.group_keys and not may_draft_for(
        current_reader(), details.group_keys, details.starts_on
    ):
        raise InvalidEventError([Problem("group_keys", "not-yours")])
    is_chaired = event.kind.chairing in ("group", "chairmanship")
    moves_across_years = is_chaired and details.starts_on.year != event.starts_on.year
    if moves_across_years and not allowed(Action.MOVE_ACROSS_YEARS, event):
        raise InvalidEventError([Problem("starts_on", "needs-secretary")])
    require_reason(clashes, form.clash_reason.data)
    was, person_id = values_of(event), current_reader().person_id
    with transaction() as session:
        changed = change_event(session, event, details, form.version.data or 0, now(), person_id=person_id)
        keep_reason(event, clashes, form.clash_reason.data)
        is_told = is_usually_told(event, changed) and may_be_told(session, event, now())
        if is_told:
            open_notice(session, event, was, person_id, now())
    flash(say("Saved.") if changed else say("Nothing was changed."))
    return after_saving(event, asks=is_told or (bool(changed) and "and_tell" in request.form))


def _both(
    form: DetailsForm | HostedForm, stored: EventDetails, entered: EventDetails, error: StaleEventError
) -> list[Change]:
    """Return what somebody else saved beside what was entered; saving again means to overwrite knowingly."""
    form.version.raw_data, form.version.data = None, error.stored
    return changes_in_words(differences(stored, entered))
