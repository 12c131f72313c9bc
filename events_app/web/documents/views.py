"""The files of an event: sending one, fetching one, removing one."""

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from events_app.events.actions.documents import add_file, remove_file_of
from events_app.events.errors import UnfitFileError
from events_app.events.files import file_content, remove_file, stored_file
from events_app.events.models import Document, Event
from events_app.events.queries import event_by_id
from events_app.events.rules.documents import LARGEST_FILE, fitting_file, safe_content_type
from events_app.extensions import db, transaction
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may_see_document
from events_app.web.access import (
    CONTACT_POINT,
    PUBLIC,
    current_reader,
    event_or_404,
    now,
    open_to,
    refuse,
    require,
    settings,
)
from events_app.web.context import say
from events_app.web.documents.forms import UploadForm, too_large, upload_form, why_unfit
from events_app.web.errors import TITLES
from events_app.web.fields import PageForm

documents = Blueprint("documents", __name__)

LARGEST_BODY = LARGEST_FILE + 100_000
POLICY = "sandbox; default-src 'none'"


@documents.url_value_preprocessor
def allow_larger_bodies(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let the upload alone send more than a form: before anything, the check of its token included, reads the body."""
    if endpoint == "documents.new":
        request.max_content_length = LARGEST_BODY


@documents.teardown_request
def let_go_of_bodies(error: BaseException | None) -> None:
    """Close what was sent, also where it was refused before any view."""
    request.close()


@documents.errorhandler(413)
def refuse_larger_bodies(error: Exception) -> tuple[str, int]:
    """Say how large a file may be."""
    page = render_template(
        "errors/error.html", status=413, heading=say(TITLES[413]), sentence=too_large(), offers_sign_in=False
    )
    return page, 413


@documents.route("/events/<int:event_id>/documents/new", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def new(event_id: int) -> AnyResponse | tuple[str, int]:
    """Add a file to an event."""
    event = event_or_404(event_id, Action.EDIT_HOSTED)
    form = upload_form(event, current_reader())
    if form.validate_on_submit():
        try:
            return _added(event, form)
        except UnfitFileError as error:
            form.file.errors = [why_unfit(error.reason)]
    page = render_template("documents/new.html", form=form, event=event)
    return page, 422 if form.is_submitted() else 200


@documents.get("/documents/<int:document_id>")
@open_to(PUBLIC)
def download(document_id: int) -> Response:
    """Give a file to those who may see it: to be saved, never to be run in our name."""
    document, event = _file_or_404(document_id)
    content = file_content(upload_folder(), document.stored_as)
    if content is None:
        abort(404)
    response = Response(content, mimetype=safe_content_type(document.content_type))
    _describe(response, document, event)
    response.make_conditional(request)
    return response


@documents.route("/documents/<int:document_id>/remove", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def remove(document_id: int) -> str | AnyResponse:
    """Remove a file, after asking; it leaves the disk once everything else is saved."""
    document, event = _file_or_404(document_id)
    require(Action.EDIT_HOSTED, event)
    form = PageForm()
    if not form.validate_on_submit():
        return render_template("documents/remove.html", form=form, document=document, event=event)
    with transaction() as session:
        name = remove_file_of(session, event, document, now(), person_id=current_reader().person_id)
    remove_file(upload_folder(), name)
    flash(say("The file was removed."))
    return redirect(url_for("events.page", event_id=event.id))


def upload_folder() -> Path:
    """Return where uploaded files lie: in the instance folder, outside everything that is served."""
    return settings().instance_path / "uploads"


def _added(event: Event, form: UploadForm) -> AnyResponse:
    content = form.file.data.read()
    file = fitting_file(form.file.data.filename or "", content)
    with stored_file(upload_folder(), content) as name, transaction() as session:
        add_file(session, event, form.entry(), file, name, now(), person_id=current_reader().person_id)
    flash(say("The file was added."))
    return redirect(url_for("events.page", event_id=event.id))


def _file_or_404(document_id: int) -> tuple[Document, Event]:
    document = db.session.get(Document, document_id) if document_id < 2**31 else None
    event = event_by_id(db.session(), document.event_id) if document and document.is_file else None
    if document is None or event is None:
        abort(404)
    if not may_see_document(current_reader(), document, event, now()):
        refuse(404, "see-document", event)
    return document, event


def _describe(response: Response, document: Document, event: Event) -> None:
    ending = document.file_name.rpartition(".")[2]
    plain_name = f"document-{document.id}.{ending}"
    starred = quote(document.file_name, safe="")
    response.headers["Content-Disposition"] = f"attachment; filename={plain_name}; filename*=UTF-8''{starred}"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "public, no-cache" if _is_public(document, event) else "private, no-store"
    response.set_etag(hashlib.sha256(document.stored_as.encode()).hexdigest()[:32])
    response.last_modified = document.added_at


def _is_public(document: Document, event: Event) -> bool:
    return may_see_document(Reader(current_reader().partnership), document, event, now())
