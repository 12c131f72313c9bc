"""Reading files in: what an import would do, doing it, and the calendars of other bodies."""

from typing import Any

from flask import Blueprint, g, render_template, request

from events_app.extensions import db
from events_app.feeds.importing import UnreadableFileError, Wishes, read_file
from events_app.feeds.importing.sheet import Sheet
from events_app.ics.reading import NORMAL, ReadCalendar
from events_app.web.access import now
from events_app.web.context import language, say
from events_app.web.errors import TITLES
from events_app.web.imports.wording import file_sentence

imports = Blueprint("imports", __name__)

LARGEST_BODY = NORMAL.octets + 100_000
UPLOADS = ("imports.new", "imports.shadows")
FILES_BY_SOURCE = "120 per hour"  # each may keep a child process busy for ten seconds


@imports.url_value_preprocessor
def allow_larger_bodies(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let the uploads alone send more than a form: before anything, the check of its token included, reads the body."""
    if endpoint in UPLOADS:
        request.max_content_length = LARGEST_BODY


@imports.teardown_request
def let_go_of_bodies(error: BaseException | None) -> None:
    """Close what was sent, also where it was refused before any view."""
    request.close()


@imports.errorhandler(413)
def refuse_larger_bodies(error: Exception) -> tuple[str, int]:
    """Say how large a file may be."""
    page = render_template(
        "errors/error.html", status=413, heading=say(TITLES[413]), sentence=_too_large(), offers_sign_in=False
    )
    return page, 413


def read_apart(file_name: str, content: bytes, wishes: Wishes) -> ReadCalendar | Sheet:
    """Return what a file holds; while it is read nobody else waits for the database. Raises UnreadableFileError."""
    db.session.rollback()
    for name in ("reader", "person", "signed_in"):
        g.pop(name, None)
    return read_file(file_name, content, wishes, now())


def why_unreadable(error: UnreadableFileError) -> str:
    """Return why a file cannot be read."""
    return _too_large() if error.reason == "too-large" else file_sentence(error, language())


def _too_large() -> str:
    return say("A file may have at most {size} MB.", size=NORMAL.octets // 1_000_000)


from events_app.web.imports.views import importing, shadows  # noqa: E402, F401  (they add their pages)
