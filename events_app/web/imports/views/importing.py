"""Importing a file: first what it would do, then doing it."""

from flask import abort, render_template
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from events_app.dates.zones import zone_names
from events_app.events.models import Event
from events_app.extensions import begin_writing, db, limiter, transaction
from events_app.feeds.importing import (
    Importer,
    Plan,
    UnreadableFileError,
    Wishes,
    apply_plan,
    done_import,
    is_calendar,
    plan_import,
    record_import,
    report_of,
    source_of,
)
from events_app.feeds.importing.names import Names, names_in
from events_app.feeds.importing.sheet import Sheet
from events_app.feeds.importing.waiting import drop_waiting, keep_waiting, waiting_content, waiting_folder
from events_app.ics.reading import NORMAL, ReadCalendar
from events_app.rights.models import Action
from events_app.web.access import CONTACT_POINT, current_person, current_reader, now, open_to, require, settings
from events_app.web.context import say
from events_app.web.imports.columns import event_columns
from events_app.web.imports.forms import ApplyForm, ImportForm
from events_app.web.imports.lines import lines_of, linked, page_of
from events_app.web.imports.views import FILES_BY_SOURCE, imports, read_apart, why_unreadable


@imports.route("/import", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
@limiter.limit(FILES_BY_SOURCE, methods=["POST"])
def new() -> tuple[str, int]:
    """Take a file and show what importing it would do; nothing is saved."""
    require(Action.IMPORT)
    form = ImportForm()
    if form.validate_on_submit():
        content = form.file.data.read(NORMAL.octets + 1)
        try:
            return _dry_run(form, form.file.data.filename or "", content)
        except UnreadableFileError as error:
            form.file.errors = [why_unreadable(error)]
    return _form_page(form), 422 if form.is_submitted() else 200


@imports.post("/import/apply")
@open_to(CONTACT_POINT)
def apply() -> tuple[str, int]:
    """Import the file that was looked at, and show what was done; a second time say when it was."""
    require(Action.IMPORT)
    form = ApplyForm()
    content = _waiting(form.waiting.data or "") if form.validate() else None
    if content is None:
        return _done_before(form.waiting.data or "")
    try:
        return _applied(form, content)
    except UnreadableFileError as error:
        return _asked_again(why_unreadable(error))
    except IntegrityError:
        # Only where writers do not queue: somebody else imported the same events in between.
        abort(409)


def _dry_run(form: ImportForm, file_name: str, content: bytes) -> tuple[str, int]:
    ending = "ics" if is_calendar(file_name, content) else "csv"
    found = read_apart(f"file.{ending}", content, form.wishes())
    plan, _, _ = _planned(found, form.wishes())
    person_id = _person_id()
    waiting = keep_waiting(waiting_folder(settings().instance_path), person_id, ending, content, now())
    report = report_of(plan, is_partial=form.is_partial.data, is_dry_run=True)
    page = render_template(
        "imports/report.html", plan=plan, report=report, lines=lines_of(plan), is_done=False, waiting=waiting,
        form=form, file_name=file_name[:200],
    )  # fmt: skip
    return page, 200


def _applied(form: ApplyForm, content: bytes) -> tuple[str, int]:
    name = form.waiting.data
    found = read_apart(name, content, form.wishes())
    with transaction() as session:
        begin_writing()
        plan, names, importer = _planned(found, form.wishes())
        report = report_of(plan, is_partial=form.is_partial.data, is_dry_run=False)
        lines = lines_of(plan)
        if not report.is_refused:
            lines = linked(lines, apply_plan(session, plan, names, importer, now()))
            record_import(session, _person_id(), name, now())
    if not report.is_refused:
        drop_waiting(waiting_folder(settings().instance_path), name)
    page = render_template("imports/report.html", plan=plan, report=report, lines=lines, is_done=True, file_name="")
    return page, 422 if report.is_refused else 200


def _done_before(name: str) -> tuple[str, int]:
    """Answer for a file that no longer waits: it was imported, as after a reload, or it is gone."""
    done = done_import(db.session(), _person_id(), name)
    if done is None:
        return _asked_again(say("The file is no longer kept. Choose it again."))
    events = db.session.scalars(select(Event).where(Event.id.in_(done.event_ids)).order_by(Event.starts_on, Event.id))
    seen = [(event, page_of(event)) for event in events if page_of(event)]
    return render_template("imports/done_before.html", at=done.at, events=seen), 200


def _person_id() -> int:
    return current_reader().person_id or 0


def _planned(found: ReadCalendar | Sheet, wishes: Wishes) -> tuple[Plan, Names, Importer]:
    session = db.session()
    names = names_in(session)
    importer = Importer(current_reader(), settings().host, wishes)
    return plan_import(session, source_of(found, names, wishes), names, importer, now()), names, importer


def _waiting(name: str) -> bytes | None:
    person = current_person()
    return waiting_content(waiting_folder(settings().instance_path), person.id, name) if person else None


def _asked_again(why: str) -> tuple[str, int]:
    form = ImportForm(formdata=None)
    form.file.errors = [why]
    return _form_page(form), 422


def _form_page(form: ImportForm) -> str:
    return render_template("imports/new.html", form=form, zones=zone_names(), columns=event_columns(current_reader()))
