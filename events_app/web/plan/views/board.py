"""The board of a year: the plan that keeps the wishes in the address. Looking stores nothing."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_app.extensions import db
from events_app.planning.queries.plans import YearCalendar, plan_versions
from events_app.planning.year_plan import CONFERENCE, FIRST_YEAR, JOINT_MEETING, LAST_YEAR, MEETING
from events_app.planning.year_plan.weights import plan_rules
from events_app.shared.errors import DomainError
from events_app.web.access import CONTACT_POINT, now, open_to, settings
from events_app.web.context import language
from events_app.web.plan import overview, sheet
from events_app.web.plan.before import Before, read, written
from events_app.web.plan.problems import PROBLEMS, sentence_for
from events_app.web.plan.solving import Solved, calendar_of, solved, usual_windows
from events_app.web.plan.views import plan, plan_year_or_404
from events_app.web.plan.wishes import WAS, asked_of
from events_app.web.rows import state_text
from events_app.words.plan import short_kind_name
from events_app.words.states import sorted_by_name


@plan.get("")
@open_to(CONTACT_POINT)
def next_year() -> Response:
    """Lead to the plan of next year."""
    return redirect(url_for("plan.board", text=str(now().year + 1)))


@plan.get("/<text>")
@open_to(CONTACT_POINT)
def board(text: str) -> tuple[str, int]:
    """Show the best dates of a year that keep the wishes, and why each is where it is."""
    calendar = calendar_of(plan_year_or_404(text))
    try:
        found = solved(asked_of(request.args), calendar)
    except PROBLEMS as error:
        return _refused(calendar, error), 422
    return _page(found, read(request.args.get(WAS, ""), found.plan.year)), 200


def _page(found: Solved, before: Before | None) -> str:
    rows, habit = sheet.rows(found, before), found.habit()
    return render_template(
        "plan/board.html",
        year=found.plan.year, found=found, plan=found.plan, rows=rows, sheet=sheet, overview=overview, habit=habit,
        changes=overview.changes(found, before) if before else [], weights=plan_rules().weights,
        chips=overview.chips(found), was=written(found.plan),
        **_known(found.calendar),
    )  # fmt: skip


def _refused(calendar: YearCalendar, error: DomainError) -> str:
    """Return the page without a plan: what was wished for, each wish with the way to drop it, and what is wrong."""
    year, chips = calendar.facts.year, overview.raw_chips(calendar.facts.year)
    return render_template(
        "plan/refused.html", year=year, sentence=sentence_for(error), chips=chips, **_known(calendar)
    )  # fmt: skip


def _known(calendar: YearCalendar) -> dict[str, object]:
    """Return what the form of the wishes offers."""
    facts, year = calendar.facts, calendar.facts.year
    states = [(code, state_text(code)) for code in sorted_by_name(facts.partnership.states, language())]
    sorts = [(kind, key) for kind in (MEETING, CONFERENCE) for key in facts.group_keys]
    return {
        "asked": request.args,
        "groups": [facts.partnership.group(key) for key in facts.group_keys],
        "windows": usual_windows(calendar),
        "hosts": calendar.hosts,
        "states": states,
        "sorts": [(f"{kind}:{key}", short_kind_name(kind, language()), key) for kind, key in sorts],
        "joint": (f"{JOINT_MEETING}:joint", short_kind_name(JOINT_MEETING, language())) if facts.has_joint else None,
        "usual_moving": settings().plan_moving_cost,
        "versions": plan_versions(db.session(), year),
        "earlier": year - 1 if year > FIRST_YEAR else None,
        "later": year + 1 if year < LAST_YEAR else None,
    }
