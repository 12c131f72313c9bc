"""The desk: what waits for the one who is signed in."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_app.events.models import CONFIRMED, DRAFT
from events_app.events.queries import events_waiting
from events_app.extensions import db
from events_app.mail.actions import stopped_count
from events_app.mail.queries import mail_health, suppressed_people
from events_app.rights.models import Action
from events_app.rights.rules import visible
from events_app.web.access import SIGNED_IN, allowed, current_reader, now, open_to
from events_app.web.context import language
from events_app.web.rows import rows_of
from events_app.words.letters import FAILURES, failure_name

desk = Blueprint("desk", __name__)


@desk.get("/desk")
@open_to(SIGNED_IN)
def desk_page() -> str | Response:
    """Show drafts, proposals to decide, and which decision on a Chairmanship is open."""
    if not allowed(Action.SEE_DESK):
        return redirect(url_for("programme.agenda"))
    waiting = visible(current_reader(), events_waiting(db.session(), now()), now())
    drafts = [event for event in waiting if event.status == DRAFT and allowed(Action.EDIT, event)]
    to_confirm = [event for event in waiting if event.status != DRAFT and allowed(Action.CONFIRM, event)]
    others = [event for event in waiting if event not in drafts and event not in to_confirm]
    shown = {"drafts": rows_of(drafts), "to_confirm": rows_of(to_confirm), "others": rows_of(others)}
    return render_template("desk/desk.html", **shown, **_post(), open_years=_open_years(), confirmed=CONFIRMED)


def _post() -> dict[str, object]:
    """Return for secretaries how letters are delivered."""
    if not allowed(Action.READ_OUTBOX):
        return {"health": None}
    session = db.session()
    names = {sort: failure_name(sort, language()) for sort in FAILURES}
    return {
        "health": mail_health(session, now()), "stopped": stopped_count(session),
        "marked": suppressed_people(session), "failure_names": names,
    }  # fmt: skip


def _open_years() -> list[int]:
    """Return this and next year's Chairmanships as far as nobody has decided them."""
    today = now().date()
    chairs = [current_reader().partnership.chairmanship(year, today) for year in (today.year, today.year + 1)]
    return [chair.year for chair in chairs if not chair.is_decided]
