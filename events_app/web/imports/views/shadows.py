"""The calendars of other bodies: listed, replaced and removed by secretaries, and shown nowhere else."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_app.dates.zones import zone_names
from events_app.extensions import begin_writing, db, limiter, transaction
from events_app.feeds.importing import Report, UnreadableFileError, import_shadows, source_of
from events_app.feeds.importing.names import names_in
from events_app.ics.reading import NORMAL
from events_app.planning.actions.shadows import remove_shadows
from events_app.planning.models import ShadowCalendar
from events_app.planning.queries.shadows import shadow_calendars
from events_app.web.access import SECRETARY, current_reader, now, open_to
from events_app.web.context import say
from events_app.web.fields import PageForm
from events_app.web.imports.columns import shadow_columns
from events_app.web.imports.forms import ShadowForm
from events_app.web.imports.lines import Line, rejected_lines
from events_app.web.imports.views import FILES_BY_SOURCE, imports, read_apart, why_unreadable


@imports.route("/shadows", methods=["GET", "POST"])
@open_to(SECRETARY)
@limiter.limit(FILES_BY_SOURCE, methods=["POST"])
def shadows() -> tuple[str, int] | Response:
    """List the calendars of other bodies, and take a file that replaces what one of them held."""
    form = ShadowForm()
    told = None
    if form.validate_on_submit():
        try:
            told = _kept(form)
        except UnreadableFileError as error:
            form.file.errors = [why_unreadable(error)]
        else:
            if told.is_plain:
                flash(told.sentence)
                return redirect(url_for("imports.shadows"))
            if told.is_refused:
                form.file.errors = [say("Something in the file is rejected, so nothing was saved.")]
    return _page(form, told), 422 if form.errors else 200


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


@dataclass(frozen=True)
class Told:
    """What became of a file: how much was kept, what was rejected, the columns that were passed over."""

    sentence: str
    is_refused: bool
    rejected: list[Line]
    ignored: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        """Whether one sentence tells everything."""
        return not (self.is_refused or self.rejected or self.ignored)


def _page(form: ShadowForm, told: Told | None) -> str:
    kept, fresh = shadow_calendars(db.session()), form if form.errors else ShadowForm(formdata=None)
    return render_template(
        "imports/shadows.html",
        form=fresh, told=told, calendars=kept, zones=zone_names(), columns=shadow_columns(),
    )  # fmt: skip


def _told(report: Report, ignored: tuple[str, ...]) -> Told:
    kept, rejected = report.created + report.updated + report.unchanged, len(report.rejections)
    sentences = [say("Saved. Kept: {kept}. Rejected: {rejected}.", kept=kept, rejected=rejected)]
    left_out = report.read - kept - rejected
    if left_out:
        sentences.append(say("Left out as cancelled or long past: {count}.", count=left_out))
    return Told(" ".join(sentences), report.is_refused, rejected_lines(report.rejections), ignored)


def _kept(form: ShadowForm) -> Told:
    file_name = form.file.data.filename or ""
    found = read_apart(file_name, form.file.data.read(NORMAL.octets + 1), form.wishes())
    with transaction() as session:
        begin_writing()
        source = source_of(found, names_in(session), form.wishes())
        report = import_shadows(
            session, form.name.data, file_name, source, now(),
            person_id=current_reader().person_id, is_partial=form.is_partial.data,
        )  # fmt: skip
    return _told(report, source.ignored)
