"""The roster of Chairmanships, and recording a decision."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_app.events.actions.roster import record_decision
from events_app.extensions import transaction
from events_app.partnership.actions import FIRST_YEAR, LAST_YEAR, RosterEntry
from events_app.partnership.errors import ChairmanshipError
from events_app.web.access import PUBLIC, SECRETARY, current_reader, now, open_to
from events_app.web.context import say, say_count
from events_app.web.roster.forms import chairmanship_form

roster = Blueprint("roster", __name__, url_prefix="/chairmanships")

YEARS_AHEAD = 3
SENTENCES = {
    ("state_code", "needed"): "Choose the State.",
    ("state_code", "not-participating"): "Only a participating State can hold the Chairpersonship.",
    ("decided_on", "in-the-future"): "A decision cannot have been taken in the future.",
}


@roster.get("/")
@open_to(PUBLIC)
def all_years() -> str:
    """Show who held, holds and will hold the Chairmanship."""
    facts, today = current_reader().partnership, now().date()
    years = range(max([*facts.roster, today.year + YEARS_AHEAD]), min(facts.roster) - 1, -1)
    entries = [(facts.chairmanship(year, today), facts.roster.get(year)) for year in years]
    return render_template("roster/roster.html", entries=entries)


@roster.route("/<int:year>", methods=["GET", "POST"])
@open_to(SECRETARY)
def decide(year: int) -> str | Response | tuple[str, int]:
    """Record what is known of one year's Chairmanship."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
    form = chairmanship_form(current_reader(), year)
    if form.validate_on_submit():
        entry = RosterEntry(
            year, form.state_code.data or None, form.status.data, form.decided_on.data, form.source.data or ""
        )
        try:
            return _recorded(entry)
        except ChairmanshipError as error:
            form[error.field].errors = [
                say(SENTENCES.get((error.field, error.reason), "This is not one of the choices."))
            ]
    return render_template("roster/decide.html", form=form, year=year), 422 if form.is_submitted() else 200


def _recorded(entry: RosterEntry) -> Response:
    with transaction() as session:
        changed = record_decision(session, entry, now(), person_id=current_reader().person_id)
    flash(say_count(
        "Recorded. {count} event shows its new chair.", "Recorded. {count} events show their new chair.", len(changed)
    ))  # fmt: skip
    return redirect(url_for("roster.all_years"))
