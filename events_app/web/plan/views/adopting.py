"""Adopting a plan: what it would do is shown, then done as a whole or not at all."""

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from events_app.events.errors import InvalidEventError, StaleEventError
from events_app.extensions import transaction
from events_app.planning.actions.plans import adopt
from events_app.planning.errors import NothingToAdoptError, PastDateError, PlanChangedError
from events_app.planning.models import PlanVersion
from events_app.planning.plan_adoption import digest_of
from events_app.web.access import SECRETARY, current_reader, now, open_to, settings
from events_app.web.context import language, say
from events_app.web.events.problems import sentence_for as event_sentence
from events_app.web.plan import overview
from events_app.web.plan.adopting import adoption_of, deeds, usual
from events_app.web.plan.forms import AdoptionForm
from events_app.web.plan.problems import PROBLEMS
from events_app.web.plan.solving import Solved, calendar_of, solved
from events_app.web.plan.views import plan, plan_year_or_404
from events_app.web.plan.wishes import Asked, asked_of
from events_app.words.dates import short_day_text
from events_app.words.lists import listed_apart

REFUSED = (PlanChangedError, StaleEventError, StaleDataError, NothingToAdoptError, PastDateError, InvalidEventError)
SENTENCES = {
    "changed": "The plan has changed in between. This is what it would do now.",
    "nothing": "This plan is version {number} already: there is nothing to adopt.",
    "past": "Of these dates some have passed: {days}. Do not use them, or keep what took place.",
    "event": "An event cannot be placed like this: {problem}",
    "calendar": "Only a plan that keeps what is confirmed can be adopted.",
}


@plan.route("/<text>/adopt", methods=["GET", "POST"])
@open_to(SECRETARY)
def adopt_plan(text: str) -> Response | tuple[str, int]:
    """Turn a plan into proposed events, after showing what that does."""
    year, form = plan_year_or_404(text), AdoptionForm()
    try:
        asked = asked_of(request.args)
        found = solved(asked, calendar_of(year))
    except PROBLEMS:
        return redirect(f"/plan/{year}?{request.query_string.decode()}")
    if not asked.keeps_calendar:
        return _page(found, form, say(SENTENCES["calendar"])), 422
    if form.validate_on_submit():
        try:
            version = _adopted(found, form)
            flash(say("Adopted. Those whose events are new or moved get one letter each."))
            return redirect(url_for("plan.version", text=text, number=version.number))
        except REFUSED as error:
            return _page(_again(asked, year), form, _sentence(error)), 409
    return _page(found, form), 422 if form.is_submitted() else 200


def _adopted(found: Solved, form: AdoptionForm) -> PlanVersion:
    adoption = adoption_of(found, form.digest.data or "", form.note.data or "")
    reader = current_reader()
    with transaction() as session:
        return adopt(
            session, adoption, usual, settings().host, now(), facts=reader.partnership, person_id=reader.person_id
        )  # fmt: skip


def _again(asked: Asked, year: int) -> Solved:
    """Return the plan as it is now, with what was undone forgotten."""
    return solved(asked, calendar_of(year))


def _page(found: Solved, form: AdoptionForm, problem: str = "") -> str:
    form.digest.raw_data, form.digest.data = None, digest_of(found.placed)
    return render_template(
        "plan/adopt.html", year=found.plan.year, found=found, form=form, deeds=deeds(found), problem=problem,
        left=overview.not_in_plan(found), arguments=found.asked.arguments(),
    )  # fmt: skip


def _sentence(error: Exception) -> str:
    if isinstance(error, NothingToAdoptError):
        return say(SENTENCES["nothing"], number=error.number)
    if isinstance(error, PastDateError):
        days = listed_apart((short_day_text(day, language()) for day in error.days), language())
        return say(SENTENCES["past"], days=days)
    if isinstance(error, InvalidEventError):
        return say(SENTENCES["event"], problem=" ".join(event_sentence(problem) for problem in error.problems))
    return say(SENTENCES["changed"])
