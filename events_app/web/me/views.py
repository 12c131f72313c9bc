"""My page: my delegation, where I am signed in, what is stored about me."""

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from events_app.extensions import db, transaction
from events_app.people.actions import sign_out_everywhere
from events_app.people.models import Person
from events_app.people.queries import sessions_of
from events_app.people.rules import digest_of
from events_app.trail.actions import record_deed
from events_app.web.access import SESSION_COOKIE, SIGNED_IN, current_person, current_reader, now, open_to
from events_app.web.context import say
from events_app.web.me.stored import stored_about

me = Blueprint("me", __name__, url_prefix="/me")


@me.get("")
@open_to(SIGNED_IN)
def page() -> str:
    """Show my delegations, my sessions and what I can do about what is stored."""
    person = _me()
    sessions = sessions_of(db.session(), person.id, now())
    here = digest_of(request.cookies.get(SESSION_COOKIE, ""))
    return render_template("me/page.html", sessions=sessions, here=here, codes=sorted(current_reader().state_codes))


@me.post("/sign-out-everywhere")
@open_to(SIGNED_IN)
def leave_everywhere() -> AnyResponse:
    """End all my sessions, this one included."""
    with transaction() as session:
        sign_out_everywhere(session, _me().id, now())
    flash(say("You are signed out everywhere."))
    response = redirect(url_for("people.sign_in"))
    response.delete_cookie(SESSION_COOKIE)
    return response


@me.get("/data")
@open_to(SIGNED_IN)
def data() -> str:
    """Show everything that is stored about me."""
    return render_template("me/data.html", drawers=stored_about(db.session(), _me()))


@me.post("/data.json")
@open_to(SIGNED_IN)
def download() -> Response:
    """Give everything that is stored about me as a file; that I took it is noted."""
    person = _me()
    drawers = {drawer.name: drawer.rows for drawer in stored_about(db.session(), person)}
    with transaction() as session:
        record_deed(session, person.id, "export", "person", person.id, now())
    response = jsonify(drawers)
    response.headers["Content-Disposition"] = 'attachment; filename="about-me.json"'
    return response


def _me() -> Person:
    person = current_person()
    assert person is not None, "the entrance lets nobody else in"
    return person
