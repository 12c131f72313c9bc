"""Stopping a letter from its own link, without signing in: by hand, or by a mail program in one click (RFC 8058)."""

from flask import Blueprint, abort, g, render_template, request

from events_app.extensions import csrf, db, limiter, transaction
from events_app.mail.unsubscribing import person_and_letter_of
from events_app.people.models import Person
from events_app.reminders.actions import decline
from events_app.web.access import PUBLIC, open_to, settings

unsubscribing = Blueprint("unsubscribing", __name__)

ONE_CLICK = ("List-Unsubscribe", "One-Click")
ATTEMPTS = "60 per 15 minutes"


@unsubscribing.get("/unsubscribe/<token>")
@open_to(PUBLIC)
def ask(token: str) -> str:
    """Show what would stop, with a button: mail gateways fetch every link, so fetching this one stops nothing."""
    _, letter = _person_and_letter(token)
    return render_template("people/unsubscribe.html", letter=letter, one_click=ONE_CLICK)


@unsubscribing.post("/unsubscribe/<token>")
@open_to(PUBLIC)
@limiter.limit(ATTEMPTS)
def stop(token: str) -> str:
    """Stop a letter for whoever has its link.

    The link is the permission: no cookie is asked, and so there is no form of ours whose token could be missing.
    """
    name, value = ONE_CLICK
    if request.form.getlist(name) != [value]:
        abort(400)
    person, letter = _person_and_letter(token)
    with transaction() as session:
        decline(session, person.id, letter)
    return render_template("people/unsubscribed.html", letter=letter)


# Exactly this view: nobody but the holder of the link can be made to stop a letter by another site.
csrf.exempt(stop)


def _person_and_letter(token: str) -> tuple[Person, str]:
    """Return whose letter a link stops, or answer 404; the page then speaks that person's language."""
    found = person_and_letter_of(token, settings().signing_key)
    person = db.session.get(Person, found[0]) if found else None
    if found is None or person is None or person.removed_at:
        abort(404)
    if "lang" not in request.args:
        g.language = person.language
    return person, found[1]
