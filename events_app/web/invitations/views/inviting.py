"""Inviting contact points by mail, and withdrawing invitations after asking."""

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_app.events.actions.inviting import invite, withdraw
from events_app.events.models import Event, Invitation
from events_app.events.queries import invitations_of
from events_app.events.rules.attendance import takes_answers
from events_app.extensions import db, transaction
from events_app.people.queries import names_by_id
from events_app.rights.models import Action
from events_app.web.access import CONTACT_POINT, current_reader, event_or_404, now, open_to
from events_app.web.attendance.views.answering import closed_page
from events_app.web.context import say_count
from events_app.web.fields import PageForm
from events_app.web.invitations.sheet import invitees_of, people_to_invite
from events_app.web.invitations.views import invitations
from events_app.web.rows import state_text

Page = str | Response | tuple[str, int]


@invitations.route("/events/<int:event_id>/invite", methods=["GET", "POST"], endpoint="invite")
@open_to(CONTACT_POINT)
def invite_page(event_id: int) -> Page:
    """Show who would be invited, who is and who cannot be; the button invites everybody who is not yet."""
    event = event_or_404(event_id, Action.EDIT)
    if not takes_answers(event, now()):
        return closed_page(event)
    form = PageForm()
    if not form.validate_on_submit():
        return render_template("invitations/invite.html", event=event, form=form, invitees=invitees_of(event))
    with transaction() as session:
        new = invite(session, event, people_to_invite(event), now(), current_reader().person_id)
    flash(say_count("{count} contact point was invited.", "{count} contact points were invited.", len(new)))
    return redirect(url_for("invitations.invite", event_id=event.id))


@invitations.route("/events/<int:event_id>/invite/<int:invitation_id>/withdraw", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def withdraw_one(event_id: int, invitation_id: int) -> Page:
    """Withdraw one invitation, after asking."""
    event = event_or_404(event_id, Action.EDIT)
    found = [known for known in _open_invitations(event) if known.id == invitation_id]
    return _withdrawal(event, found or abort(404))


@invitations.route("/events/<int:event_id>/invite/withdraw", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def withdraw_all(event_id: int) -> Page:
    """Withdraw all invitations to an event, after asking."""
    event = event_or_404(event_id, Action.EDIT)
    return _withdrawal(event, _open_invitations(event))


def _open_invitations(event: Event) -> list[Invitation]:
    return [known for known in invitations_of(db.session(), event.id) if known.withdrawn_at is None]


def _withdrawal(event: Event, found: list[Invitation]) -> Page:
    if not takes_answers(event, now()):
        return closed_page(event)
    form = PageForm()
    if not form.validate_on_submit():
        return render_template("invitations/withdraw.html", event=event, form=form, people=_named(found))
    with transaction() as session:
        withdrawn = withdraw(session, event, found, now(), current_reader().person_id)
    flash(say_count("{count} invitation was withdrawn.", "{count} invitations were withdrawn.", len(withdrawn)))
    return redirect(url_for("invitations.invite", event_id=event.id))


def _named(found: list[Invitation]) -> list[tuple[str, str]]:
    """Return (delegation, name) of everybody whose invitation is to be withdrawn."""
    names = names_by_id(db.session(), (known.person_id for known in found))
    return [(state_text(known.state_code), names.get(known.person_id, "")) for known in found]
