"""On which days before an event people are reminded: for a kind, for one event; seen before it is saved."""

from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_app.events.models import Event, Kind
from events_app.events.queries import kinds
from events_app.extensions import db, transaction
from events_app.mail.kinds import EVENT_REMINDER
from events_app.mail.ledger import letters_about
from events_app.reminders.day_rules import no_longer_due, set_days_of_event, set_days_of_kind
from events_app.reminders.preview import postings, with_event_days, with_kind_days
from events_app.reminders.queries import day_rules, events_of_kind
from events_app.reminders.rules import (
    ANY_GROUP,
    BY_EVENT,
    BY_GROUP,
    BY_KIND,
    PARTS,
    DayRules,
    days_and_source,
    usual_days,
)
from events_app.rights.models import Action
from events_app.web.access import CONTACT_POINT, SECRETARY, current_reader, event_or_404, now, open_to
from events_app.web.context import say, say_count
from events_app.web.letters.sheet import asked_page, rows_of_page
from events_app.web.reminders.forms import DaysForm, days_form, entered_days
from events_app.web.reminders.sheet import days_in_force, kind_row, kind_rows, posting_rows

reminders = Blueprint("reminders", __name__)

SAVE = "save"
PREVIEWED = timedelta(days=90)


@reminders.get("/reminders/")
@open_to(SECRETARY)
def all_kinds() -> str:
    """List on which days before people are reminded, by kind and group."""
    rules, groups = day_rules(db.session()), list(current_reader().partnership.groups)
    return render_template("reminders/kinds.html", rows=kind_rows(kinds(db.session()), groups, rules))


@reminders.route("/reminders/<kind_key>", methods=["GET", "POST"], defaults={"group_key": ANY_GROUP})
@reminders.route("/reminders/<kind_key>/<group_key>", methods=["GET", "POST"])
@open_to(SECRETARY)
def of_kind(kind_key: str, group_key: str) -> Response | tuple[str, int]:
    """Change the days of a kind, in any group or in one; first show which letters that makes."""
    kind, session = _kind_or_404(kind_key, group_key), db.session()
    rules, about = day_rules(session), events_of_kind(session, kind_key, group_key, now(), now() + PREVIEWED)
    form = _form_of_kind(kind, group_key, rules)
    days = entered_days(form) if form.validate_on_submit() else None
    if days is not None and _is_saving():
        with transaction():
            dropped = set_days_of_kind(session, kind, group_key, days, now(), by_id=current_reader().person_id)
        return _saved(dropped, url_for("reminders.all_kinds"))
    tried = rules if days is None else with_kind_days(rules, kind_key, group_key, days)
    shown = _shown(session, form, about, tried, is_tried=days is not None)
    page = render_template("reminders/kind.html", row=kind_row(kind, group_key, rules), **shown)
    return page, 422 if form.errors else 200


@reminders.route("/events/<int:event_id>/reminders", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def of_event(event_id: int) -> Response | tuple[str, int]:
    """Show the days in force for an event and what became of its reminders; change them, seen before that is saved."""
    event, session = event_or_404(event_id, Action.EDIT), db.session()
    rules = day_rules(session)
    form = _form_of_event(event, rules)
    days = entered_days(form) if form.validate_on_submit() else None
    if days is not None and _is_saving():
        with transaction():
            dropped = set_days_of_event(session, event, days, now(), by_id=current_reader().person_id)
        return _saved(dropped, url_for("reminders.of_event", event_id=event_id))
    tried = rules if days is None else with_event_days(rules, event_id, days)
    shown = _shown(session, form, [event], tried, is_tried=days is not None)
    ledger = letters_about(session, event_id, asked_page(), EVENT_REMINDER)
    page = render_template(
        "reminders/event.html", event=event, in_force=days_in_force(event, rules), rows=rows_of_page(ledger),
        older=ledger.older, **shown,
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _shown(
    session: Session, form: DaysForm, about: list[Event], tried: DayRules, *, is_tried: bool
) -> dict[str, object]:
    ahead = [event for event in about if event.starts_at > now()]
    dropped = len(no_longer_due(session, ahead, now(), tried)) if is_tried else 0
    found = posting_rows(postings(session, ahead, tried, now()))
    return {"form": form, "postings": found, "is_tried": is_tried, "dropped": dropped}


def _form_of_event(event: Event, rules: DayRules) -> DaysForm:
    found = {part: days_and_source(event, part, rules) for part in PARTS}
    in_force = {part: (days, source == BY_EVENT) for part, (days, source) in found.items()}
    return days_form(in_force, say("as usual for this kind"))


def _form_of_kind(kind: Kind, group_key: str, rules: DayRules) -> DaysForm:
    own_source = BY_GROUP if group_key else BY_KIND
    found = {part: usual_days(kind, (group_key,) if group_key else (), part, rules) for part in PARTS}
    in_force = {part: (days, source == own_source) for part, (days, source) in found.items()}
    return days_form(in_force, say("as in any group") if group_key else say("as the data say"))


def _kind_or_404(kind_key: str, group_key: str) -> Kind:
    if group_key and group_key not in current_reader().partnership.groups:
        abort(404)
    return (db.session.get(Kind, kind_key) if kind_key.isascii() and "\0" not in kind_key else None) or abort(404)


def _is_saving() -> bool:
    return request.form.get("deed") == SAVE


def _saved(dropped: int, back: str) -> Response:
    flash(say("Saved."))
    if dropped:
        flash(say_count(
            "{count} letter that waited is no longer sent.", "{count} letters that waited are no longer sent.", dropped
        ))  # fmt: skip
    return redirect(back)
