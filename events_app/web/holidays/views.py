"""Holidays: what stands on a day, the table of a year, and what the secretariat knows better."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_app.dates.errors import SpanError
from events_app.dates.holiday_table import Holiday
from events_app.dates.spans import year_of
from events_app.extensions import db, transaction
from events_app.planning.actions.correcting import (
    confirm_holiday,
    correct_holiday,
    move_holiday,
    strike_holiday,
    take_back,
)
from events_app.planning.errors import HolidayError
from events_app.planning.models import HolidayCorrection
from events_app.planning.queries.feasts import feast_of
from events_app.rights.models import Action
from events_app.web.access import CONTACT_POINT, SECRETARY, SIGNED_IN, current_reader, event_or_404, now, open_to
from events_app.web.context import language, say, say_count
from events_app.web.holidays.flags import FlagRow, accept, flags_of_reader
from events_app.web.holidays.forms import (
    CONFIRM,
    MOVE,
    CorrectionForm,
    GroundsForm,
    correction_form,
    holiday_form,
    look_form,
)
from events_app.web.holidays.lens import lens_days
from events_app.web.holidays.sheet import EVERY, asked_states, choices, correction_rows, months_of_holidays
from events_app.web.years import year_or_404
from events_app.words.dates import day_text
from events_app.words.states import state_name

holidays = Blueprint("holidays", __name__)

SENTENCES = {
    "no-holiday": "There is no holiday on this day.",
    "not-estimated": "This holiday is certain already.",
    "same-day": "This is the day on which it stands already.",
    "too-far": "A holiday moves by at most 60 days.",
    "out-of-range": "The calendar knows the years 1973 to 2100, written like 2027.",
    "in-the-future": "This cannot have been announced in the future.",
}


@holidays.get("/holidays/")
@open_to(SIGNED_IN)
def this_year() -> Response:
    """Lead to the holidays of this year."""
    return redirect(url_for("holidays.year", text=str(now().year)))


@holidays.get("/holidays/<text>")
@open_to(SIGNED_IN)
def year(text: str) -> str:
    """Show the holidays of a year by month, and what was corrected of them."""
    number = year_or_404(text)
    chosen, codes = asked_states(number)
    stored, corrections = correction_rows(number)
    return render_template(
        "holidays/year.html", year=number, months=months_of_holidays(number, codes, stored), chosen=chosen,
        choices=choices(), groups=current_reader().partnership.groups, every=EVERY, corrections=corrections,
    )  # fmt: skip


@holidays.get("/dates")
@open_to(CONTACT_POINT)
def check() -> tuple[str, int]:
    """Show what stands on a day or some days, for the groups and the host that were asked for."""
    form = look_form(current_reader(), now().date())
    is_asked = bool(request.args.get("from"))
    is_good = not is_asked or form.validate()
    days = lens_days(*form.span, form.asked) if is_good else []
    return render_template("holidays/check.html", form=form, days=days), 200 if is_good else 422


@holidays.get("/lens")
@open_to(CONTACT_POINT)
def lens() -> tuple[str, int]:
    """Return what stands on days as a piece of a page, for date fields that are being filled in."""
    form = look_form(current_reader())
    if not form.validate():
        return render_template("holidays/refused.html", form=form), 422
    return render_template("holidays/days.html", days=lens_days(*form.span, form.asked)), 200


@holidays.route("/holidays/new", methods=["GET", "POST"])
@open_to(SECRETARY)
def add() -> Response | tuple[str, int]:
    """Add a holiday that the table does not know."""
    form = holiday_form(current_reader())
    if form.validate_on_submit():
        entered = Holiday(form.day.data, form.state_code.data, form.name.data or "", form.is_estimated.data)
        try:
            with transaction() as session:
                correct_holiday(session, entered, form.grounds, now(), by_id=current_reader().person_id)
            return _saved(entered.day)
        except HolidayError as error:
            _show(form, error)
    return render_template("holidays/add.html", form=form), 422 if form.is_submitted() else 200


@holidays.route("/holidays/<state_code>/<day>", methods=["GET", "POST"])
@open_to(SECRETARY)
def correct(state_code: str, day: str) -> Response | tuple[str, int]:
    """Confirm an estimated holiday, move it, or strike it."""
    feast, on = _feast_or_404(state_code, day)
    form = correction_form(feast)
    if form.validate_on_submit():
        try:
            return _corrected(form, state_code, on)
        except HolidayError as error:
            _show(form, error)
    holiday = next(found for found in feast if found.day == on)
    shown = {"holiday": holiday, "feast": [day_text(found.day, language()) for found in feast]}
    page = render_template("holidays/correct.html", form=form, state=state_name(state_code, language()), **shown)
    return page, 422 if form.is_submitted() else 200


@holidays.post("/holidays/corrections/<int:correction_id>/take-back")
@open_to(SECRETARY)
def take_correction_back(correction_id: int) -> Response:
    """Take a correction back: the table holds again."""
    found = db.session.get(HolidayCorrection, correction_id) if correction_id < 2**31 else None
    if found is None:
        abort(404)
    on = found.day
    with transaction() as session:
        count = take_back(session, found, now(), by_id=current_reader().person_id)
    flash(say_count("{count} day is as the table has it.", "{count} days are as the table has them.", count))
    return redirect(url_for("holidays.year", text=str(on.year)))


@holidays.post("/events/<int:event_id>/dates")
@open_to(CONTACT_POINT)
def accept_date(event_id: int) -> Response:
    """Leave an event where it is although a holiday near it has become certain; the reason is kept."""
    event = event_or_404(event_id, Action.EDIT)
    if accept(event, request.form.get("key", ""), request.form.get("reason", "")):
        flash(say("Saved."))
    else:
        flash(say("Say why the date stays."), "error")
    return redirect(url_for("desk.desk_page"))


@holidays.app_template_global("dates_on_desk")
def dates_on_desk() -> list[FlagRow]:
    """Return the dates of coming events that the reader should look at again."""
    return flags_of_reader()


def _feast_or_404(state_code: str, text: str) -> tuple[list[Holiday], date]:
    if state_code not in current_reader().partnership.states:
        abort(404)
    try:
        on = date.fromisoformat(text)
        year_of(f"{on.year:04}")
    except (ValueError, SpanError):
        abort(404)
    return feast_of(db.session(), state_code, on) or abort(404), on


def _corrected(form: CorrectionForm, state_code: str, on: date) -> Response:
    whole, at, by_id = "is_whole" in form and bool(form.is_whole.data), now(), current_reader().person_id
    with transaction() as session:
        if form.deed.data == MOVE:
            move_holiday(session, state_code, on, form.new_day.data, form.grounds, at, by_id=by_id, whole=whole)
        elif form.deed.data == CONFIRM:
            confirm_holiday(session, state_code, on, form.grounds, at, by_id=by_id, whole=whole)
        else:
            strike_holiday(session, state_code, on, form.grounds, at, by_id=by_id, whole=whole)
    return _saved(on)


def _saved(on: date) -> Response:
    flash(say("Saved. Whoever planned an event near it is asked to look at its date again."))
    return redirect(url_for("holidays.year", text=str(on.year)))


def _show(form: GroundsForm, error: HolidayError) -> None:
    form[error.field].errors = [say(SENTENCES.get(error.reason, "Please check the entries."))]
