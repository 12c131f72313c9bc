"""The Contact Groups: who chairs, what is next, the programme of a year."""

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from events_app.partnership.known import KnownGroup
from events_app.web.access import PUBLIC, current_reader, open_to
from events_app.web.groups.sheet import (
    coming_meetings,
    partners_of,
    programme_of,
    quota_of,
    term,
    terms,
    topics_of,
    years_with_events,
)
from events_app.web.programme.agenda import today
from events_app.web.rows import EventRow
from events_app.web.years import year_or_404

groups = Blueprint("groups", __name__, url_prefix="/groups")


@groups.get("/")
@open_to(PUBLIC)
def all_groups() -> str:
    """Show both groups, who chairs them and when they meet next."""
    shown = [(group, terms(group), _next(group)) for group in current_reader().partnership.groups.values()]
    return render_template("groups/all.html", shown=shown)


@groups.get("/<key>")
@open_to(PUBLIC)
def page(key: str) -> str:
    """Show one group and its programme of a year."""
    group, year = _group_or_404(key), _asked_year()
    return render_template(
        "groups/page.html", group=group, year=year, this_year=today().year, terms=terms(group), term=term(group, year),
        next=_next(group), programme=programme_of(group, year), quota=quota_of(group, year), topics=topics_of(group),
        partners=partners_of(group, today()), years=years_with_events(group),
    )  # fmt: skip


@groups.get("/<key>/next")
@open_to(PUBLIC)
def next_meeting(key: str) -> Response:
    """Lead to the next meeting of a group."""
    following = _next(_group_or_404(key))
    return redirect(following.href) if following else abort(404, description="no-next-meeting")


def _next(group: KnownGroup) -> EventRow | None:
    return next(iter(coming_meetings(group)), None)


def _group_or_404(key: str) -> KnownGroup:
    return current_reader().partnership.groups.get(key) or abort(404, description="unknown-group")


def _asked_year() -> int:
    asked = request.args.get("year", "")
    return year_or_404(asked) if asked else today().year
