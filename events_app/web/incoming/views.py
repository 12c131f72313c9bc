"""Mail that waits on the desk: why, of which event, and settling it."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from events_app.events.models import Event
from events_app.extensions import db, transaction
from events_app.mail.incoming import kept_mail_folder
from events_app.mail.incoming.keeping import kept_mail
from events_app.mail.incoming.queries import events_of_mail, incoming_mail, waiting_mail
from events_app.mail.incoming.settling import settle_mail
from events_app.mail.models import IncomingMail
from events_app.rights.models import Action
from events_app.web.access import CONTACT_POINT, SECRETARY, allowed, current_reader, event_numbered, now, open_to
from events_app.web.access import settings as installation
from events_app.web.context import language, say
from events_app.words.incoming import mail_outcome, mail_sort

incoming = Blueprint("incoming", __name__, url_prefix="/desk/mail")


@incoming.get("")
@open_to(CONTACT_POINT)
def waiting() -> str:
    """List the mail that waits: for secretaries all of it, for others that of the events which they organise."""
    mails = waiting_mail(db.session(), has_event=not current_reader().is_secretary)
    events = events_of_mail(db.session(), mails)
    pairs = [(mail, events.get(mail.event_id or 0)) for mail in mails]
    rows = [_row(mail, event) for mail, event in pairs if _may_settle(mail, event)]
    return render_template("incoming/waiting.html", rows=rows)


@incoming.get("/<int:mail_id>.eml")
@open_to(SECRETARY)
def file(mail_id: int) -> Response:
    """Hand out a mail that was kept, never to be opened by the browser itself."""
    mail = incoming_mail(db.session(), mail_id) or abort(404)
    content = kept_mail(kept_mail_folder(installation().instance_path), mail.stored_as)
    if content is None:
        abort(404)
    headers = {"Content-Disposition": f'attachment; filename="mail-{mail.id}.eml"'}
    return Response(content, mimetype="application/octet-stream", headers=headers)


@incoming.post("/<int:mail_id>/settle")
@open_to(CONTACT_POINT)
def settle(mail_id: int) -> Redirect:
    """Note that somebody has dealt with a mail."""
    mail = incoming_mail(db.session(), mail_id)
    if mail is None or not _may_settle(mail, event_numbered(mail.event_id or 0)):
        abort(404)
    with transaction() as session:
        settle_mail(session, mail, now(), current_reader().person_id)
    flash(say("Settled."))
    return redirect(url_for("incoming.waiting"))


def _may_settle(mail: IncomingMail, event: Event | None) -> bool:
    return current_reader().is_secretary or (event is not None and allowed(Action.EDIT, event))


def _row(mail: IncomingMail, event: Event | None) -> dict[str, object]:
    return {
        "mail": mail,
        "event": event,
        "sort": mail_sort(mail.sort, language()),
        "why": mail_outcome(mail.outcome, language()),
    }
