"""Everybody with an account, for secretaries; and removing somebody for good."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_app.extensions import db, transaction
from events_app.feeds.actions import revoke_links_of
from events_app.mail.actions.forgetting import forget_letters_to
from events_app.mail.maildir import forget_kept_letters_to
from events_app.mail.post import maildir_folder
from events_app.people.actions import add_person, remove_person
from events_app.people.errors import InvalidAddressError, PersonKnownError
from events_app.people.models import Person
from events_app.people.queries import everybody
from events_app.people.rules import may_sign_in
from events_app.reminders.actions import forget_preferences
from events_app.reminders.preparation.actions import unassign_steps
from events_app.web.access import SECRETARY, current_reader, now, open_to, refuse, settings
from events_app.web.context import say
from events_app.web.fields import PageForm
from events_app.web.persons.forms import SecretaryForm

persons = Blueprint("persons", __name__, url_prefix="/people")


@persons.get("/")
@open_to(SECRETARY)
def all_people() -> str:
    """List everybody with their roles."""
    today = now().date()
    shown = [(person, may_sign_in(person, today)) for person in everybody(db.session())]
    return render_template("persons/all.html", people=shown)


@persons.route("/new", methods=["GET", "POST"])
@open_to(SECRETARY)
def add() -> Response | tuple[str, int]:
    """Add somebody to the Section; delegations' people are added on the page of their delegation."""
    form = SecretaryForm()
    if form.validate_on_submit() and _is_added(form):
        flash(say("Saved. They can sign in with a link by mail."))
        return redirect(url_for("persons.all_people"))
    return render_template("persons/add.html", form=form), 422 if form.is_submitted() else 200


@persons.route("/<int:person_id>/remove", methods=["GET", "POST"])
@open_to(SECRETARY)
def remove(person_id: int) -> str | Response:
    """Drop everything personal about somebody, after asking; nobody removes themselves."""
    found = db.session.get(Person, person_id) if person_id < 2**31 else None
    if found is None or found.removed_at:
        abort(404)
    if found.id == current_reader().person_id:
        refuse(403, "remove-oneself")
    form = PageForm()
    if not form.validate_on_submit():
        return render_template("persons/remove.html", form=form, removed=found)
    with transaction() as session:
        forget_letters_to(session, found.id)
        forget_preferences(session, found.id)
        unassign_steps(session, found.id)
        forget_kept_letters_to(maildir_folder(settings()), found.email)
        revoke_links_of(session, found.id, now())
        remove_person(session, found, now(), by_id=current_reader().person_id)
    flash(say("Removed. The record of meetings stays, without the name."))
    return redirect(url_for("persons.all_people"))


def _is_added(form: SecretaryForm) -> bool:
    try:
        with transaction() as session:
            by_id = current_reader().person_id
            add_person(session, form.email.data, form.name.data, now(), is_secretary=True, by_id=by_id)
    except InvalidAddressError:
        form.email.errors = [say("This is no mail address.")]
    except PersonKnownError:
        form.email.errors = [say("Somebody with this address is known already.")]
    return not form.errors
