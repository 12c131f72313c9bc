"""Pages for what went wrong: a sentence, and what to do next."""

import sys

from flask import Flask, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from events_app.extensions import db
from events_app.web.context import say
from events_app.web.logs import is_feed_address
from events_app.words.languages import LANGUAGE_NAMES, LANGUAGES

TITLES = {
    400: "This request cannot be understood",
    403: "This is not open to you",
    404: "This page does not exist",
    405: "This cannot be done here",
    409: "Somebody else was faster",
    410: "This is no longer offered",
    413: "This is too large",
    429: "Too many attempts",
    500: "Something went wrong",
    503: "This is not available just now",
}
SENTENCES = {
    400: "The address or what was sent is incomplete. Please go back and try again.",
    403: "This belongs to other delegations or to the Secretariat.",
    404: "There is nothing at this address, or it is not open to everyone.",
    405: "Please go back and use the buttons of the page.",
    409: "The event was changed in between. Please look at it again.",
    410: "The link was withdrawn.",
    413: "Please send less: a form or file has a limit.",
    429: "Please wait a few minutes and try again.",
    500: "The fault is ours and has been noted. Please try again in a few minutes.",
    503: "Please try again in a few minutes.",
}
REASONS = {
    "unknown-year": "The calendar knows the years 1973 to 2100, written like 2027.",
    "unplanned-year": "The years from 1994 to 2100 can be planned.",
    "unknown-month": "The calendar knows the months from 1973-01 to 2100-12, written like 2027-03.",
    "unknown-group": "There are two Contact Groups: mediterranean and asian.",
    "no-next-meeting": "No meeting of this group is confirmed yet.",
    "unknown-language": "The calendar speaks seven languages: {languages}.",
    "expired-form": "The form was open for too long. Please go back, load the page again and send it once more.",
}
HINTED = (403, 404)
KEPT_HEADERS = ("Allow", "Retry-After")
BARE_HEADERS = [
    ("Content-Type", "text/plain; charset=utf-8"), ("Referrer-Policy", "no-referrer"), ("X-Robots-Tag", "noindex"),
    ("Cache-Control", "no-store"),
]  # fmt: skip
SLOWED_DOWN = {429: [("Retry-After", "60")]}
Answer = tuple[str, int, list[tuple[str, str]]]


def init_app(app: Flask) -> None:
    """Answer every error with a page of ours."""
    app.register_error_handler(HTTPException, error_page)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(500, _fault)
    app.register_error_handler(OperationalError, _busy)


def error_page(error: HTTPException) -> Answer:
    """Return the page for an error of HTTP, with the headers that belong to it; a bare line under a secret address."""
    status = error.code if error.code in TITLES else 400
    headers = [header for header in error.get_headers() if header[0] in KEPT_HEADERS] or SLOWED_DOWN.get(status, [])
    if is_feed_address(request.path):
        return f"{TITLES[status]}\n", error.code or status, [*headers, *BARE_HEADERS]
    page = render_template(
        "errors/error.html", status=status, heading=say(TITLES[status]), sentence=_sentence(error.description, status),
        offers_sign_in=status in HINTED, back=request.path,
    )  # fmt: skip
    return page, error.code or status, headers


def _expired_form(error: CSRFError) -> Answer:
    error.description = "expired-form"
    return error_page(error)


def _fault(error: HTTPException) -> Answer:
    """Return the page for a fault of ours; without the database it is a bare one."""
    db.session.rollback()
    for fact in ("person", "reader"):
        g.pop(fact, None)
    try:
        return error_page(error)
    except SQLAlchemyError:
        bare = current_app.jinja_env.get_template("errors/bare.html")
        status = error.code or 500
        return bare.render(heading=TITLES[status], sentence=SENTENCES[status]), status, []


def _busy(error: OperationalError) -> Answer:
    """Return that somebody else writes just now and for too long (SQLite); any other trouble is a fault."""
    if "locked" not in str(error.orig):
        current_app.log_exception(sys.exc_info())
        return _fault(InternalServerError())
    page, status, headers = _fault(ServiceUnavailable())
    return page, status, [*headers, ("Retry-After", "10")]


def _sentence(reason: str | None, status: int) -> str:
    languages = ", ".join(f"{LANGUAGE_NAMES[code]} ({code})" for code in LANGUAGES)
    message = REASONS.get(reason or "")
    return say(message, languages=languages) if message else say(SENTENCES[status])
