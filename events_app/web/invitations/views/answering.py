"""Answering from the link of a letter, without signing in: the token opens this page and no other."""

from dataclasses import dataclass, replace
from hashlib import sha256

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import InputRequired

from events_app.events.actions.attendance import answer_invitation
from events_app.events.models import Answer, Event, Invitation
from events_app.events.queries import answer_of, event_by_id
from events_app.events.rules.attendance import AnswerDetails, details_of_answer, is_late, offered_answers, takes_answers
from events_app.extensions import db, limiter, transaction
from events_app.mail.answer_link import is_token_of, number_in_token
from events_app.people.models import Person
from events_app.rights.inviting import speaks_for
from events_app.web.access import PUBLIC, current_reader, now, open_to, settings
from events_app.web.context import language, say
from events_app.web.fields import PageForm
from events_app.web.invitations.views import invitations
from events_app.web.people.views import ATTEMPTS_BY_SOURCE
from events_app.words.attendance import answer_name

ATTEMPTS_BY_INVITATION = "10 per 15 minutes"


@dataclass(frozen=True)
class Invited:
    """Who answers which invitation to what."""

    invitation: Invitation
    event: Event
    person: Person


class LinkAnswerForm(PageForm):
    """Whether and how a delegation comes: names are entered by those who sign in."""

    answer = RadioField(validators=[InputRequired()])


def asked_token() -> str:
    """Return the key under which attempts at one invitation are counted."""
    return sha256(str((request.view_args or {}).get("token", "")).encode()).hexdigest()


@invitations.route("/answer/<token>", methods=["GET", "POST"])
@open_to(PUBLIC)
@limiter.limit(ATTEMPTS_BY_SOURCE, methods=["POST"])
@limiter.limit(ATTEMPTS_BY_INVITATION, methods=["POST"], key_func=asked_token)
def answer(token: str) -> Response | tuple[str, int]:
    """Show the invitation with what was answered; only pressing the button answers, for the delegation invited."""
    invited = _invited(token)
    event, code = invited.event, invited.invitation.state_code
    if not takes_answers(event, now()):
        return render_template("invitations/closed.html", event=event), 409
    given = answer_of(db.session(), event.id, code)
    form = _answer_form(event, given)
    if form.validate_on_submit():
        return _answered(invited, given, form.answer.data)
    shown = {"event": event, "code": code, "given": given, "form": form, "is_late": is_late(event, now())}
    return render_template("invitations/answer.html", **shown), 422 if form.is_submitted() else 200


@invitations.after_request
def keep_token(response: Response) -> Response:
    """Keep the token out of referrers and search engines; the bare origin is still told, as our forms ask for it."""
    if request.endpoint == "invitations.answer":
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _invited(token: str) -> Invited:
    """Return what a token stands for: 404 for none of ours, 410 once withdrawn or its holder has no part in it."""
    session = db.session()
    invitation = _invitation(token)
    event = event_by_id(session, invitation.event_id) if invitation else None
    person = session.get(Person, invitation.person_id) if invitation else None
    if invitation is None or event is None or person is None:
        abort(404)
    if invitation.withdrawn_at or not speaks_for(
        person, invitation.state_code, event, current_reader().partnership, now()
    ):
        abort(410)
    return Invited(invitation, event, person)


def _invitation(token: str) -> Invitation | None:
    number = number_in_token(token)
    found = db.session.get(Invitation, number) if number and number < 2**31 else None
    return found if found and is_token_of(token, settings().signing_key, found) else None


def _answer_form(event: Event, given: Answer | None) -> LinkAnswerForm:
    form = LinkAnswerForm(data={"answer": given.answer} if given else {})
    form.answer.choices = [(key, answer_name(key, language())) for key in offered_answers(event)]
    return form


def _answered(invited: Invited, given: Answer | None, chosen: str) -> Response:
    """Write the answer; who comes along stays as it was entered."""
    details = replace(details_of_answer(given), answer=chosen) if given else AnswerDetails(chosen)
    code, person_id = invited.invitation.state_code, invited.person.id
    with transaction() as session:
        written = answer_invitation(session, invited.event, code, details, now(), person_id)
        was_late = written.is_late
    flash(
        say("Your answer was saved and marked as late.")
        if was_late
        else say("Your answer was saved. You can change it until the event begins.")
    )
    return redirect(url_for("invitations.answer", **(request.view_args or {}), lang=request.args.get("lang")))
