"""Reading consultations: the list, and everything about one on one page."""

from typing import Any

from flask import render_template

from events_app.planning.consultations.polls import live_options
from events_app.planning.consultations.rules import OPEN, takes_reaction
from events_app.planning.models import POLL, Consultation
from events_app.web.access import SIGNED_IN, open_to
from events_app.web.consultations import sheet
from events_app.web.consultations.forms import AnswersForm, ReactionForm, answers_form, reaction_form
from events_app.web.consultations.lines import line_of
from events_app.web.consultations.problems import over_sentence
from events_app.web.consultations.reach import (
    answering_codes,
    consultation_or_404,
    offered_to,
    outcome_now,
    own_codes,
    visible_consultations,
)
from events_app.web.consultations.views import consultations


@consultations.get("/consultations/")
@open_to(SIGNED_IN)
def all_consultations() -> str:
    """List the consultations that the reader may see."""
    lines = [line_of(one) for one in visible_consultations()]
    running = sorted((line for line in lines if line.is_running), key=lambda line: line.days_left)
    ended = [line for line in lines if not line.is_running]
    return render_template("consultations/all.html", running=running, ended=ended)


@consultations.get("/consultations/<int:consultation_id>")
@open_to(SIGNED_IN)
def page(consultation_id: int) -> str:
    """Show one consultation."""
    return page_of(consultation_or_404(consultation_id))


def page_of(
    consultation: Consultation, *, form: ReactionForm | AnswersForm | None = None, notice: str = ""
) -> str:  # fmt: skip
    """Return the page of a consultation, with a form that was not good enough or the one that is offered."""
    shown: dict[str, Any] = {"line": line_of(consultation), "event": consultation.event, "sheet": sheet}
    own = own_codes(consultation.event)
    form = form or form_for(consultation)
    return render_template(
        "consultations/page.html", consultation=consultation, form=form, notice_text=notice, own=own, **shown
    )  # fmt: skip


def too_late_page(consultation: Consultation, outcome: str) -> tuple[str, int]:
    """Return the page that says that nothing was recorded, and why."""
    return page_of(consultation, notice=over_sentence(consultation, outcome)), 409


def form_for(consultation: Consultation, state_code: str = "") -> ReactionForm | AnswersForm | None:
    """Return what the reader may fill in now; None where there is nothing to say, or nobody to say it for."""
    event, found = consultation.event, outcome_now(consultation)
    if consultation.what == POLL:
        codes = answering_codes(event)
        return answers_form(codes, live_options(consultation), state_code) if codes and found == OPEN else None
    offered = {code: [w for w in offered_to(code, event) if takes_reaction(found, w)] for code in own_codes(event)}
    speaking = [code for code, words in offered.items() if words]
    return reaction_form(speaking, [word for code in speaking for word in offered[code]]) if speaking else None
