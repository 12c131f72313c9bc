"""The delegations: who belongs to each, and managing one's own people."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_app.extensions import db, transaction
from events_app.partnership.known import KnownState
from events_app.people.actions import add_person, appoint, change_post, end_post
from events_app.people.errors import InvalidAddressError, PersonKnownError, RoleDatesError
from events_app.people.models import Person, Post
from events_app.people.queries import people_of, person_by_address
from events_app.people.rules import clean_address, is_held
from events_app.rights.delegations import may_manage, may_see_people, roles_to_give
from events_app.web.access import SIGNED_IN, current_reader, now, open_to, refuse
from events_app.web.context import language, say
from events_app.web.delegations.forms import MemberForm, offer_roles, role_form
from events_app.web.feeds.sheet import LinkRow, links_of_people
from events_app.web.fields import PageForm
from events_app.words.states import sorted_by_name

delegations = Blueprint("delegations", __name__, url_prefix="/delegations")


@delegations.get("/")
@open_to(SIGNED_IN)
def all_delegations() -> str:
    """List the delegations of today, by name."""
    codes = current_reader().partnership.delegations(now().date())
    return render_template("delegations/all.html", codes=sorted_by_name(codes, language()))


@delegations.get("/<code>")
@open_to(SIGNED_IN)
def delegation(code: str) -> str:
    """Show a delegation: to its own people and secretaries everybody, to others its contact points of today."""
    state, reader, today = _state(code), current_reader(), now().date()
    is_own = may_see_people(reader, code)
    posts = [post for post in people_of(db.session(), code) if is_own or _is_contact(post)]
    shown = [(post, is_held(post, today), may_manage(reader, code, post.role)) for post in posts]
    may_add = bool(roles_to_give(reader, code))
    return render_template(
        "delegations/delegation.html", state=state, posts=shown, is_own=is_own, may_add=may_add,
        managed_links=_links_of({post.person for post, is_held, may_manage in shown if is_held and may_manage}),
    )  # fmt: skip


@delegations.route("/<code>/people/new", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def add(code: str) -> Response | tuple[str, int]:
    """Add somebody to a delegation, or give somebody known a role in it."""
    state = _managed_state(code)
    form = MemberForm()
    offer_roles(form, current_reader(), code)
    if not form.is_submitted():
        form.valid_from.data = now().date()
    elif form.validate() and _is_added(form, state):
        flash(say("Saved. They can sign in with a link by mail."))
        return redirect(url_for("delegations.delegation", code=code))
    return render_template("delegations/add.html", form=form, state=state), 422 if form.is_submitted() else 200


@delegations.route("/<code>/people/<int:post_id>", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def change(code: str, post_id: int) -> Response | tuple[str, int]:
    """Change a role or its dates."""
    state, post = _managed_state(code), _managed_post(code, post_id)
    form = role_form(current_reader(), post)
    if form.validate_on_submit():
        try:
            with transaction() as session:
                dates = form.valid_from.data, form.valid_to.data
                change_post(session, post, form.role.data, *dates, now(), by_id=current_reader().person_id)
        except RoleDatesError:
            form.valid_to.errors = [say("The last day lies before the first.")]
        else:
            flash(say("Saved."))
            return redirect(url_for("delegations.delegation", code=code))
    page = render_template("delegations/change.html", form=form, state=state, post=post)
    return page, 422 if form.is_submitted() else 200


@delegations.route("/<code>/people/<int:post_id>/end", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def end(code: str, post_id: int) -> str | Response:
    """End a role now, after asking; whoever has no other role is signed out everywhere."""
    state, post, form = _managed_state(code), _managed_post(code, post_id), PageForm()
    if not form.validate_on_submit():
        return render_template("delegations/end.html", form=form, state=state, post=post)
    with transaction() as session:
        end_post(session, post, now(), by_id=current_reader().person_id)
    flash(say("The role has ended."))
    return redirect(url_for("delegations.delegation", code=code))


def _links_of(people: set[Person]) -> list[LinkRow]:
    """Return the feed links of people whose roles the reader manages, by name."""
    people = {person for person in people if current_reader().is_secretary or not person.is_secretary}
    found = links_of_people([person.id for person in people])
    return [row for p in sorted(people, key=lambda p: (p.name, p.id)) for row in found.get(p.id, [])]


def _state(code: str) -> KnownState:
    return current_reader().partnership.states.get(code) or abort(404)


def _managed_state(code: str) -> KnownState:
    state = _state(code)
    if not roles_to_give(current_reader(), code):
        refuse(403, "manage-people")
    return state


def _managed_post(code: str, post_id: int) -> Post:
    post = db.session.get(Post, post_id) if post_id < 2**31 else None
    if post is None or post.state_code != code:
        abort(404)
    if not may_manage(current_reader(), code, post.role):
        refuse(403, "manage-people")
    return post


def _is_contact(post: Post) -> bool:
    return post.role != "delegate" and is_held(post, now().date())


def _is_added(form: MemberForm, state: KnownState) -> bool:
    try:
        with transaction() as session:
            by_id = current_reader().person_id
            person = _known_or_new(form, state, by_id)
            dates = {"valid_from": form.valid_from.data, "valid_to": form.valid_to.data}
            appoint(session, person, state.code, form.role.data, now(), **dates, by_id=by_id)
    except InvalidAddressError:
        form.email.errors = [say("This is no mail address.")]
    except PersonKnownError:
        form.email.errors = [say("Somebody with this address is known already.")]
    except RoleDatesError:
        form.valid_to.errors = [say("The last day lies before the first.")]
    return not form.errors


def _known_or_new(form: MemberForm, state: KnownState, by_id: int | None) -> Person:
    session, address = db.session(), clean_address(form.email.data)
    known = person_by_address(session, address)
    # Else an administrator would learn names of other delegations by trying addresses.
    if known and not (current_reader().is_secretary or _is_of(known, state.code)):
        raise PersonKnownError(address)
    return known or add_person(session, address, form.name.data, now(), time_zone=state.time_zone, by_id=by_id)


def _is_of(person: Person, code: str) -> bool:
    """Return whether somebody belongs to this delegation alone."""
    return not person.is_secretary and {post.state_code for post in person.posts} == {code}
