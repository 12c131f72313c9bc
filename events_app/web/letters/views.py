"""The ledger: what became of each letter, per event, person and delegation; and what a secretary can do about it."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_app.extensions import db, transaction
from events_app.feeds.queries import links_of
from events_app.mail.actions import clear_address, release_stopped, send_again, stopped_count
from events_app.mail.errors import NotAgainError
from events_app.mail.ledger import (
    LedgerEntry,
    letter_numbered,
    letters_about,
    letters_to,
    letters_to_delegation,
    suppression_of,
)
from events_app.mail.rules import is_perhaps_there, why_not_again
from events_app.people.models import Person
from events_app.rights.models import Action
from events_app.web.access import CONTACT_POINT, SECRETARY, current_reader, event_or_404, now, open_to
from events_app.web.context import say, say_count
from events_app.web.fields import PageForm
from events_app.web.letters.forms import AgainForm
from events_app.web.letters.missing import missing_rows, wishes_of
from events_app.web.letters.sheet import asked_page, rows_of_page
from events_app.web.letters.wording import obstacle_text

letters = Blueprint("letters", __name__)


@letters.get("/events/<int:event_id>/letters")
@open_to(CONTACT_POINT)
def of_event(event_id: int) -> str:
    """List the letters about an event, and who has none."""
    event = event_or_404(event_id, Action.EDIT)
    page = letters_about(db.session(), event.id, asked_page())
    missing = [] if asked_page() else missing_rows(event)
    return render_template("ledger/event.html", event=event, rows=rows_of_page(page), older=page.older, missing=missing)


@letters.get("/people/<int:person_id>/letters")
@open_to(SECRETARY)
def of_person(person_id: int) -> str:
    """List the letters to a person, whether the address is marked, and what the person's calendars fetched."""
    somebody = _person_or_404(person_id)
    page, mark = letters_to(db.session(), somebody.id, asked_page()), suppression_of(db.session(), somebody.email)
    links = links_of(db.session(), somebody.id)
    shown = {"rows": rows_of_page(page), "older": page.older, "mark": mark, "links": links}
    return render_template("ledger/person.html", somebody=somebody, wishes=wishes_of(somebody), **shown)


@letters.post("/people/<int:person_id>/letters/clear")
@open_to(SECRETARY)
def clear(person_id: int) -> Response:
    """Let letters to a person's address be tried again."""
    somebody = _person_or_404(person_id)
    with transaction() as session:
        was_marked = clear_address(session, somebody, now(), by_id=current_reader().person_id)
    cleared = say("The mark was cleared: letters to this address are tried again.")
    flash(cleared if was_marked else say("Nothing was changed."))
    return redirect(url_for("letters.of_person", person_id=person_id))


@letters.get("/delegations/<code>/letters")
@open_to(SECRETARY)
def of_delegation(code: str) -> str:
    """List the letters to the people of a delegation."""
    state = current_reader().partnership.states.get(code) or abort(404)
    page = letters_to_delegation(db.session(), code, asked_page())
    return render_template("ledger/delegation.html", state=state, rows=rows_of_page(page), older=page.older)


@letters.route("/letters/<int:letter_id>/again", methods=["GET", "POST"])
@open_to(SECRETARY)
def again(letter_id: int) -> Response | tuple[str, int]:
    """Ask, then let a letter go again."""
    entry = _letter_or_404(letter_id)
    obstacle = why_not_again(entry.message, entry.event, entry.suppressed is not None, now())
    form = AgainForm()
    if obstacle or not form.is_submitted():
        return _again_page(form, entry, obstacle, 409 if form.is_submitted() else 200)
    if not form.validate():
        return _again_page(form, entry, "", 422)
    if form.seen.data != entry.message.state:
        abort(409)
    try:
        with transaction() as session:
            send_again(session, entry.message, now(), by_id=current_reader().person_id)
    except NotAgainError:
        abort(409)
    flash(say("The letter goes with the next pass of the worker."))
    return redirect(_ledger_of(entry))


@letters.route("/outbox/release", methods=["GET", "POST"])
@open_to(SECRETARY)
def release() -> str | Response:
    """Ask, then let all letters go that a restored backup had stopped."""
    form = PageForm()
    if not form.validate_on_submit():
        return render_template("ledger/release.html", form=form, count=stopped_count(db.session()))
    with transaction() as session:
        count = release_stopped(session, now(), by_id=current_reader().person_id)
    flash(say_count("{count} letter was released.", "{count} letters were released.", count))
    return redirect(url_for("outbox.letters"))


def _again_page(form: AgainForm, entry: LedgerEntry, obstacle: str, status: int) -> tuple[str, int]:
    page = render_template(
        "ledger/again.html", form=form, entry=entry, is_perhaps_there=is_perhaps_there(entry.message),
        obstacle=obstacle_text(obstacle) if obstacle else "", back=_ledger_of(entry),
    )  # fmt: skip
    return page, status


def _ledger_of(entry: LedgerEntry) -> str:
    if entry.event:
        return url_for("letters.of_event", event_id=entry.event.id)
    person_id = entry.message.person_id
    return url_for("letters.of_person", person_id=person_id) if person_id else url_for("outbox.letters")


def _letter_or_404(letter_id: int) -> LedgerEntry:
    return (letter_numbered(db.session(), letter_id) if letter_id < 2**31 else None) or abort(404)


def _person_or_404(person_id: int) -> Person:
    found = db.session.get(Person, person_id) if person_id < 2**31 else None
    return found if found is not None and found.removed_at is None else abort(404)
