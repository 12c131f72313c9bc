"""The outbox: letters kept on this machine when there is no mail server, and what became of every letter."""

from flask import Blueprint, abort, render_template

from events_app.extensions import db
from events_app.mail.actions import stopped_count
from events_app.mail.maildir import kept_letter, kept_letters
from events_app.mail.post import maildir_folder
from events_app.mail.queries import mail_health
from events_app.mail.queries import outbox as letters_in_outbox
from events_app.web.access import SECRETARY, now, open_to, settings

outbox = Blueprint("outbox", __name__, url_prefix="/outbox")

SHOWN = 200


@outbox.get("")
@open_to(SECRETARY)
def letters() -> str:
    """List the letters, and those that are kept here."""
    session = db.session()
    ledger = letters_in_outbox(session)[-SHOWN:][::-1]
    kept = [] if settings().smtp_url else kept_letters(maildir_folder(settings()))
    shown = {"health": mail_health(session, now()), "stopped": stopped_count(session)}
    return render_template("outbox/outbox.html", letters=ledger, kept=kept, **shown)


@outbox.get("/<name>")
@open_to(SECRETARY)
def letter(name: str) -> str:
    """Show a letter that is kept here, as its reader would see it."""
    found = kept_letter(maildir_folder(settings()), name) or abort(404)
    return render_template("outbox/letter.html", letter=found)
