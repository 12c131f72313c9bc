"""One's own feed links: another name, taken back."""

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_app.extensions import db, transaction
from events_app.feeds.actions import rename_link, revoke_link
from events_app.feeds.models import FeedLink
from events_app.people.rules import is_held
from events_app.rights.delegations import may_manage
from events_app.web.access import SIGNED_IN, current_reader, now, open_to
from events_app.web.context import say
from events_app.web.feeds.forms import LabelForm
from events_app.web.feeds.sheet import row_of
from events_app.web.feeds.views import feeds
from events_app.web.fields import PageForm


@feeds.route("/links/<int:link_id>", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def rename(link_id: int) -> Response | tuple[str, int]:
    """Give one of my links another name."""
    link = _live_link(link_id)
    if link.person_id != current_reader().person_id:
        abort(404)
    form = LabelForm(obj=link)
    if form.validate_on_submit():
        with transaction() as session:
            rename_link(session, link, form.label.data, now())
        flash(say("Saved."))
        return redirect(url_for("feeds.subscribe"))
    page = render_template("feeds/rename.html", form=form, link=link)
    return page, 422 if form.is_submitted() else 200


@feeds.route("/links/<int:link_id>/revoke", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def revoke(link_id: int) -> str | Response:
    """Take a link back, after asking: one's own, or as administrator one of one's delegation."""
    link = _live_link(link_id)
    is_own = link.person_id == current_reader().person_id
    if not is_own and not _may_revoke_of(link):
        abort(404)
    back = url_for("feeds.subscribe") if is_own else _delegation_of(link)
    form = PageForm()
    if not form.validate_on_submit():
        return render_template("feeds/revoke.html", form=form, row=row_of(link), is_own=is_own, back=back)
    with transaction() as session:
        revoke_link(session, link, now(), by_id=current_reader().person_id)
    flash(say("The link was revoked. Programs that still fetch it are told so."))
    return redirect(back)


def _live_link(link_id: int) -> FeedLink:
    link = db.session.get(FeedLink, link_id) if 0 < link_id < 2**31 else None
    if link is None or link.revoked_at:
        abort(404)
    return link


def _may_revoke_of(link: FeedLink) -> bool:
    reader, today = current_reader(), now().date()
    if reader.is_secretary or link.person.is_secretary:
        return reader.is_secretary
    held = [post for post in link.person.posts if is_held(post, today)]
    return any(may_manage(reader, post.state_code, post.role) for post in held)


def _delegation_of(link: FeedLink) -> str:
    """Return the page of the delegation whose link it is, of the reader's own if there are several."""
    own = current_reader().state_codes
    codes = sorted((post.state_code for post in link.person.posts), key=lambda code: (code not in own, code))
    return url_for("delegations.delegation", code=codes[0]) if codes else url_for("delegations.all_delegations")
