"""Saying something in a consultation, for one's delegation."""

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from events_app.extensions import transaction
from events_app.planning.consultations.polling import answer_poll
from events_app.planning.consultations.polls import live_options
from events_app.planning.consultations.reacting import react
from events_app.planning.errors import ConsultationOverError, InvalidConsultationError
from events_app.planning.models import NO_OBJECTION, POLL, Consultation, Reaction
from events_app.rights.models import Action
from events_app.web.access import SIGNED_IN, current_reader, now, open_to, refuse
from events_app.web.consultations.forms import AnswersForm, ReactionForm, answers_form, reaction_form
from events_app.web.consultations.problems import show_problems
from events_app.web.consultations.reach import answering_codes, consultation_or_404, offered_to, own_codes
from events_app.web.consultations.views import consultations
from events_app.web.consultations.views.reading import page_of, too_late_page
from events_app.web.context import say

Answer = Response | tuple[str, int]


@consultations.post("/consultations/<int:consultation_id>/react")
@open_to(SIGNED_IN)
def react_to(consultation_id: int) -> Answer:
    """Record what a delegation says in a no-objection procedure."""
    procedure = consultation_or_404(consultation_id, NO_OBJECTION)
    codes = own_codes(procedure.event)
    if not codes:
        refuse(403, Action.SEE_CONSULTATIONS, procedure.event)
    form = reaction_form(codes, [word for code in codes for word in offered_to(code, procedure.event)])
    if not form.validate():
        return page_of(procedure, form=form), 422
    try:
        return _reacted(procedure, form)
    except InvalidConsultationError as error:
        show_problems(form, error)
        return page_of(procedure, form=form), 422
    except ConsultationOverError as error:
        return too_late_page(procedure, error.outcome)


@consultations.post("/consultations/<int:consultation_id>/answer")
@open_to(SIGNED_IN)
def answer(consultation_id: int) -> Answer:
    """Record what a delegation answers to the dates of a poll."""
    poll = consultation_or_404(consultation_id, POLL)
    codes, options = answering_codes(poll.event), live_options(poll)
    if not codes:
        refuse(403, Action.SEE_CONSULTATIONS, poll.event)
    form = answers_form(codes, options, _asked_code(codes))
    if not form.validate():
        return page_of(poll, form=form), 422
    try:
        return _answered(poll, form)
    except InvalidConsultationError as error:
        show_problems(form, error)
        return page_of(poll, form=form), 422
    except ConsultationOverError as error:
        return too_late_page(poll, error.outcome)


def _reacted(procedure: Consultation, form: ReactionForm) -> Response:
    code, person_id = form.state_code.data, current_reader().person_id
    with transaction() as session:
        reaction = react(
            session, procedure, code, form.reaction.data, form.text.data or "", now(),
            offered=offered_to(code, procedure.event), person_id=person_id,
        )  # fmt: skip
        flash(_said(reaction))
    return redirect(url_for("consultations.page", consultation_id=procedure.id))


def _said(reaction: Reaction) -> str:
    if reaction.is_late:
        return say("Recorded as late: the procedure had expired, and the event stays confirmed.")
    if reaction.breaks:
        return say("Recorded. The procedure is broken: the event stays proposed.")
    return say("Recorded.")


def _answered(poll: Consultation, form: AnswersForm) -> Response:
    answers = form.answers(live_options(poll))
    with transaction() as session:
        answer_poll(session, poll, form.state_code.data, answers, now(), person_id=current_reader().person_id)
    flash(say("Your answers were saved. You can change them until the last minute for answers."))
    return redirect(url_for("consultations.page", consultation_id=poll.id))


def _asked_code(codes: list[str]) -> str:
    sent = request.form.get("state_code", "")
    return sent if sent in codes else codes[0]
