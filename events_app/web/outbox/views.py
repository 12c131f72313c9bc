"""The outbox: letters kept on this machine when there is no mail server, and what became of every letter."""

from datetime import UTC, datetime
from email.utils import mktime_tz, parsedate_tz

from flask import Blueprint, abort, render_template
from sqlalchemy import select

from events_app.events.models import Event
from events_app.extensions import db
from events_app.mail.actions import stopped_count
from events_app.mail.maildir import kept_letter, kept_letters
from events_app.mail.post import maildir_folder
from events_app.mail.queries import mail_health
from events_app.mail.queries import outbox as letters_in_outbox
from events_app.web.access import SECRETARY, now, open_to, settings
from events_app.web.context import language, reader_zone
from events_app.words.dates import instant_text
from events_app.words.titles import event_title

outbox = Blueprint("outbox", __name__, url_prefix="/outbox")

SHOWN = 200


@outbox.get("")
@open_to(SECRETARY)
def letters() -> str:
    """List the letters, and those that are kept here."""
    session = db.session()
    ledger = letters_in_outbox(session)[-SHOWN:][::-1]
    titles = _titles({letter["event"] for letter in ledger} - {None})
    kept = [] if settings().smtp_url else kept_letters(maildir_folder(settings()))
    shown = {"health": mail_health(session, now()), "stopped": stopped_count(session)}
    return render_template(
        "outbox/outbox.html", letters=ledger, kept=kept, titles=titles, sent_text=_sent_text, **shown
    )


@outbox.get("/<name>")
@open_to(SECRETARY)
def letter(name: str) -> str:
    """Show a letter that is kept here, as its reader would see it."""
    found = kept_letter(maildir_folder(settings()), name) or abort(404)
    return render_template("outbox/letter.html", letter=found, sent_text=_sent_text)


def _titles(ids: set[int]) -> dict[int, str]:
    """Return the titles of events by their ids, in the language of the page."""
    found = db.session.scalars(select(Event).where(Event.id.in_(ids)))
    return {event.id: event_title(event, language()) for event in found}


def _sent_text(header: str) -> str:
    """Return the Date header of a letter as the reader reads instants; what is no date stays as it is."""
    sent_at = parsedate_tz(header)
    if sent_at is None:
        return header
    return instant_text(datetime.fromtimestamp(mktime_tz(sent_at), UTC), reader_zone(), language())
