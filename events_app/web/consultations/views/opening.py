"""Opening a consultation on an event, and withdrawing it."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_app.events.models import Event
from events_app.events.rules.table import invited_codes
from events_app.extensions import db, transaction
from events_app.planning.consultations.opening import open_poll, open_procedure, refusal, withdraw
from events_app.planning.consultations.queries import consultations_of
from events_app.planning.consultations.rules import earliest_expiry
from events_app.planning.errors import ConsultationOverError, ConsultationRefusedError, InvalidConsultationError
from events_app.planning.models import Consultation
from events_app.rights.models import Action
from events_app.web.access import CONTACT_POINT, current_reader, event_or_404, now, open_to, settings
from events_app.web.consultations.forms import (
    OpeningForm,
    PollForm,
    WithdrawalForm,
    entered_dates,
    opening_form,
    poll_form,
)
from events_app.web.consultations.lines import line_of, vienna_text
from events_app.web.consultations.problems import REFUSALS, expiry_of, require_single_hours, show_problems
from events_app.web.consultations.reach import organised_or_403
from events_app.web.consultations.views import consultations
from events_app.web.consultations.views.reading import too_late_page
from events_app.web.context import say

Answer = Response | tuple[str, int]


@consultations.get("/events/<int:event_id>/consult")
@open_to(CONTACT_POINT)
def choose(event_id: int) -> tuple[str, int]:
    """Ask which sort of consultation is to be opened."""
    event = event_or_404(event_id, Action.CONSULT)
    reason = _refusal(event)
    return (_refused_page(event, reason), 409) if reason else (_page("consultations/choose.html", event), 200)


@consultations.route("/events/<int:event_id>/consult/no-objection", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def propose(event_id: int) -> Answer:
    """Open a no-objection procedure."""
    event = event_or_404(event_id, Action.CONSULT)
    form = opening_form(now(), settings().silence_working_days)
    return _opening(event, form, lambda: _procedure(event, form), "consultations/propose.html")


@consultations.route("/events/<int:event_id>/consult/poll", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def ask(event_id: int) -> Answer:
    """Open a poll on several dates."""
    event = event_or_404(event_id, Action.CONSULT)
    form = poll_form(event, now(), settings().silence_working_days)
    return _opening(event, form, lambda: _poll(event, form), "consultations/ask.html")


@consultations.route("/consultations/<int:consultation_id>/withdraw", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def withdraw_one(consultation_id: int) -> Answer:
    """Take a consultation back, with a reason."""
    consultation, form = organised_or_403(consultation_id), WithdrawalForm()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                withdraw(session, consultation, form.reason.data or "", now(), person_id=current_reader().person_id)
            flash(say("Withdrawn. Those who were asked are told."))
            return redirect(url_for("consultations.page", consultation_id=consultation.id))
        except InvalidConsultationError as error:
            show_problems(form, error)
        except ConsultationOverError as error:
            return too_late_page(consultation, error.outcome)
    shown = {"consultation": consultation, "line": line_of(consultation), "event": consultation.event, "form": form}
    return render_template("consultations/withdraw.html", **shown), 422 if form.is_submitted() else 200


def _opening(event: Event, form: OpeningForm, opens: Callable[[], Consultation], template: str) -> Answer:
    reason = _refusal(event)
    if reason:
        return _refused_page(event, reason), 409
    if form.validate_on_submit():
        try:
            return redirect(url_for("consultations.page", consultation_id=opens().id))
        except InvalidConsultationError as error:
            show_problems(form, error, _places(form, event))
        except ConsultationRefusedError as error:
            return _refused_page(event, error.reason), 409
    least = settings().silence_working_days
    earliest = vienna_text(earliest_expiry(now(), least))
    return _page(template, event, form=form, least=least, earliest=earliest), 422 if form.is_submitted() else 200


def _procedure(event: Event, form: OpeningForm) -> Consultation:
    expires_at = expiry_of(form)
    with transaction() as session:
        return open_procedure(
            session, event, form.text.data or "", expires_at, now(), least_days=settings().silence_working_days,
            invited=_invited(event), shows=form.shows.data, person_id=current_reader().person_id,
        )  # fmt: skip


def _poll(event: Event, form: PollForm) -> Consultation:
    expires_at, dates = expiry_of(form), [one for _, _, one in entered_dates(form, event)]
    require_single_hours(form, dates)
    with transaction() as session:
        return open_poll(
            session, event, form.text.data or "", expires_at, dates, settings().host, now(), invited=_invited(event),
            shows=form.shows.data, person_id=current_reader().person_id,
        )  # fmt: skip


def _places(form: OpeningForm, event: Event) -> list[int]:
    return [place for place, _, _ in entered_dates(form, event)] if isinstance(form, PollForm) else []


def _invited(event: Event) -> set[str]:
    return invited_codes(event, current_reader().partnership)


def _refusal(event: Event) -> str:
    return refusal(event, consultations_of(db.session(), event.id), _invited(event), now())


def _refused_page(event: Event, reason: str) -> str:
    return _page("consultations/refused.html", event, sentence=say(REFUSALS[reason]))


def _page(template: str, event: Event, **shown: object) -> str:
    return render_template(template, event=event, **shown)
