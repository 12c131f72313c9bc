"""The organisers' side of a poll: its dates change, and one of them is chosen."""

from dataclasses import replace

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_app.events.errors import InvalidEventError, Problem, StaleEventError
from events_app.events.models import CONFIRMED
from events_app.events.rules.details import WHEN_FIELDS, details_of
from events_app.extensions import db, transaction
from events_app.planning.clashes.rules import Clash
from events_app.planning.consultations.polling import change_options, choose_date
from events_app.planning.consultations.polls import live_options
from events_app.planning.errors import ConsultationOverError, InvalidConsultationError
from events_app.planning.models import POLL, Consultation, PollOption
from events_app.reminders.changes import may_be_told, open_notice, values_of
from events_app.rights.models import Action
from events_app.web.access import CONTACT_POINT, allowed, current_reader, now, open_to, settings
from events_app.web.consultations import sheet
from events_app.web.consultations.forms import OptionsForm, SettlingForm, entered_dates, options_form, settling_form
from events_app.web.consultations.lines import line_of
from events_app.web.consultations.problems import require_single_hours, show_problems
from events_app.web.consultations.reach import organised_or_403
from events_app.web.consultations.views import consultations
from events_app.web.consultations.views.reading import too_late_page
from events_app.web.context import say
from events_app.web.events.clashes import clash_lines, keep_reason, new_clashes, require_reason
from events_app.web.events.problems import sentence_for

NO_VERSION = 0  # no event has it: who does not say what was seen has seen nothing
Answer = Response | tuple[str, int]


@consultations.route("/consultations/<int:consultation_id>/dates", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def dates(consultation_id: int) -> Answer:
    """Add, change and take back the dates of an open poll."""
    poll = organised_or_403(consultation_id, POLL)
    form = options_form(live_options(poll))
    if not form.is_submitted():
        form.version.data = poll.event.version
    elif form.validate():
        try:
            return _changed(poll, form)
        except InvalidConsultationError as error:
            show_problems(form, error, [place for place, _, _ in entered_dates(form, poll.event)])
        except ConsultationOverError as error:
            return too_late_page(poll, error.outcome)
        except StaleEventError:
            abort(409)
    shown = {"consultation": poll, "event": poll.event, "form": form}
    return render_template("consultations/dates.html", **shown), 422 if form.is_submitted() else 200


@consultations.route("/consultations/<int:consultation_id>/dates/<int:option_id>", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def choose_one(consultation_id: int, option_id: int) -> Answer:
    """Choose a date of a poll: the event moves there, the other dates are released."""
    poll = organised_or_403(consultation_id, POLL)
    option = next((one for one in live_options(poll) if one.id == option_id), None)
    if option is None:
        abort(404)
    form, clashes = settling_form(), _clashes(poll, option)
    if not form.is_submitted():
        form.version.data = poll.event.version
    elif form.validate():
        try:
            require_reason(clashes, form.clash_reason.data)
            return _settled(poll, option, form, clashes)
        except InvalidConsultationError as error:
            show_problems(form, error)
        except InvalidEventError as error:
            form.form_errors.extend(sentence_for(problem) for problem in error.problems)
        except ConsultationOverError as error:
            return too_late_page(poll, error.outcome)
        except StaleEventError:
            abort(409)
    line = next(line for line in sheet.options(poll) if line.id == option_id)
    shown = {"consultation": poll, "event": poll.event, "form": form, "option": line, "line": line_of(poll)}
    page = render_template("consultations/choose_date.html", clashes=clash_lines(clashes), **shown)
    return page, 422 if form.is_submitted() else 200


def _clashes(poll: Consultation, option: PollOption) -> list[Clash]:
    """Return what stands in the way of the event on a date of its poll."""
    when = {name: getattr(option, name) for name in WHEN_FIELDS}
    return new_clashes(replace(details_of(poll.event), **when), poll.event.kind, poll.event)


def _changed(poll: Consultation, form: OptionsForm) -> Response:
    entered = [(key, one) for _, key, one in entered_dates(form, poll.event)]
    require_single_hours(form, [one for _, one in entered])
    with transaction() as session:
        is_changed = change_options(
            session, poll, entered, settings().host, now(), version=form.version.data or NO_VERSION,
            person_id=current_reader().person_id,
        )  # fmt: skip
    flash(say("Saved.") if is_changed else say("Nothing was changed."))
    return redirect(url_for("consultations.page", consultation_id=poll.id))


def _settled(poll: Consultation, option: PollOption, form: SettlingForm, clashes: list[Clash]) -> Response:
    event, person_id = poll.event, current_reader().person_id
    is_chaired = event.kind.chairing in ("group", "chairmanship")
    moves_across_years = is_chaired and option.starts_on.year != event.starts_on.year
    if moves_across_years and not allowed(Action.MOVE_ACROSS_YEARS, event):
        raise InvalidEventError([Problem("starts_on", "needs-secretary")])
    was, has_invited = values_of(event), may_be_told(db.session(), event, now())
    with transaction() as session:
        choose_date(
            session, poll, option, form.version.data or NO_VERSION, now(), confirms=form.status.data == CONFIRMED,
            person_id=person_id,
        )  # fmt: skip
        keep_reason(event, clashes, form.clash_reason.data)
        if has_invited:
            # Whoever was invited by mail has the event in a calendar that only a change notice moves.
            open_notice(session, event, was, person_id, now())
    flash(say("The date is chosen and the others are released. Those who were asked are told."))
    return redirect(url_for("events.page", event_id=event.id))
