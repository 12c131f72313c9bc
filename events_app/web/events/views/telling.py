"""Telling those concerned of a change, or keeping quiet about it."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_app.events.models import Event, EventChange
from events_app.extensions import db, transaction
from events_app.letters.change_notice import news_of
from events_app.reminders.changes import (
    Values,
    close_quietly,
    notice_waiting,
    open_notice,
    untold_changes,
    values_before,
)
from events_app.rights.models import Action
from events_app.web.access import CONTACT_POINT, current_reader, event_or_404, now, open_to
from events_app.web.context import language, reader_zone, say
from events_app.web.events.forms.steps import QUIETLY, TellForm
from events_app.web.events.telling import preview_of
from events_app.web.events.views import events
from events_app.words.dates import instant_text


@events.route("/<int:event_id>/tell", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def tell(event_id: int) -> Response | tuple[str, int]:
    """Show what a change would send to whom, then tell them or keep quiet; asked for since an entry of the history."""
    event, form = event_or_404(event_id, Action.EDIT_HOSTED), TellForm()
    changes, waiting = untold_changes(db.session(), event.id, _asked_since()), notice_waiting(db.session(), event.id)
    was = waiting.was if waiting else values_before(event, changes)
    if form.validate_on_submit():
        return _kept_quiet(event, changes) if form.choice.data == QUIETLY else _told(event, was, form.note.data)
    preview = preview_of(news_of(event, was, (waiting.note if waiting else "") or form.note.data or ""))
    shown = render_template("events/tell.html", form=form, event=event, preview=preview, is_waiting=waiting is not None)
    return shown, 422 if form.is_submitted() else 200


def _told(event: Event, was: Values, note: str) -> Response:
    if preview_of(news_of(event, was, note)) is None:
        flash(say("There is nothing left to tell."))
    else:
        with transaction() as session:
            notice = open_notice(session, event, was, current_reader().person_id, now(), note)
        at = instant_text(notice.due_at, reader_zone(), language())
        flash(say("Those concerned will be told: {time}.", time=at))
    return redirect(url_for("events.page", event_id=event.id))


def _kept_quiet(event: Event, changes: list[EventChange]) -> Response:
    since = changes[-1].at if changes and _asked_since() else None
    with transaction() as session:
        close_quietly(session, event, current_reader().person_id, now(), since)
    flash(say("Nobody is told of this change. Calendars that subscribe will show it when they next refresh."))
    return redirect(url_for("events.page", event_id=event.id))


def _asked_since() -> int | None:
    asked = request.args.get("since", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
