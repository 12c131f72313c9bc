"""The calendars of other bodies: listed, replaced and removed by secretaries, and shown nowhere else."""

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_app.dates.zones import zone_names
from events_app.extensions import begin_writing, db, limiter, transaction
from events_app.feeds.importing import Report, UnreadableFileError, import_shadows, source_of
from events_app.feeds.importing.names import names_in
from events_app.ics.reading import NORMAL
from events_app.planning.actions import remove_shadows
from events_app.planning.models import ShadowCalendar
from events_app.planning.queries import shadow_calendars
from events_app.web.access import SECRETARY, current_reader, now, open_to
from events_app.web.context import say
from events_app.web.fields import PageForm
from events_app.web.imports.forms import ShadowForm
from events_app.web.imports.lines import Line, rejected_lines
from events_app.web.imports.views import FILES_BY_SOURCE, imports, read_apart, why_unreadable


@imports.route("/shadows", methods=["GET", "POST"])
@open_to(SECRETARY)
@limiter.limit(FILES_BY_SOURCE, methods=["POST"])
def shadows() -> tuple[str, int] | Response:
    """List the calendars of other bodies, and take a file that replaces what one of them held."""
    form = ShadowForm()
    rejected: list[Line] = []
    if form.validate_on_submit():
        try:
            report = _kept(form)
        except UnreadableFileError as error:
            form.file.errors = [why_unreadable(error)]
        else:
            if not report.is_refused:
                flash(say("Saved: {read} events were read.", read=report.read))
                return redirect(url_for("imports.shadows"))
            form.file.errors = [say("Something in the file is rejected, so nothing was saved.")]
            rejected = rejected_lines(report.rejections)
    return _page(form, rejected), 422 if form.is_submitted() else 200


@imports.route("/shadows/<int:calendar_id>/remove", methods=["GET", "POST"])
@open_to(SECRETARY)
def remove(calendar_id: int) -> str | Response:
    """Remove the calendar of another body, after asking."""
    calendar = db.session.get(ShadowCalendar, calendar_id) if calendar_id < 2**31 else None
    if calendar is None:
        abort(404)
    form = PageForm()
    if not form.validate_on_submit():
        return render_template("imports/remove_shadows.html", form=form, calendar=calendar)
    with transaction() as session:
        remove_shadows(session, calendar, now(), person_id=current_reader().person_id)
    flash(say("Removed."))
    return redirect(url_for("imports.shadows"))


def _page(form: ShadowForm, rejected: list[Line]) -> str:
    kept = shadow_calendars(db.session())
    return render_template("imports/shadows.html", form=form, rejected=rejected, calendars=kept, zones=zone_names())


def _kept(form: ShadowForm) -> Report:
    file_name = form.file.data.filename or ""
    found = read_apart(file_name, form.file.data.read(NORMAL.octets + 1), form.wishes())
    with transaction() as session:
        begin_writing()
        source = source_of(found, names_in(session), form.wishes())
        return import_shadows(
            session, form.name.data, file_name, source, now(),
            person_id=current_reader().person_id, is_partial=form.is_partial.data,
        )  # fmt: skip
