"""Adopted plans: the list of a year's versions, each as a card, and the difference between two."""

from flask import abort, render_template, request

from events_app.extensions import db
from events_app.people.queries import names_by_id
from events_app.planning.models import PlanVersion
from events_app.planning.plan_versions import number_of
from events_app.planning.queries.plans import plan_version, plan_versions, version_before
from events_app.web.access import SIGNED_IN, open_to
from events_app.web.plan.versions import card, changes_between
from events_app.web.plan.views import plan, plan_year_or_404


@plan.get("/<text>/versions")
@open_to(SIGNED_IN)
def all_versions(text: str) -> str:
    """List the adopted plans of a year, each with what it changed."""
    year = plan_year_or_404(text)
    found = plan_versions(db.session(), year)
    older: list[PlanVersion | None] = [*found[1:], None]
    shown = [(one, changes_between(before, one) if before else None) for one, before in zip(found, older, strict=False)]
    return render_template("plan/versions.html", year=year, shown=shown)


@plan.get("/<text>/versions/<number>")
@open_to(SIGNED_IN)
def version(text: str, number: str) -> str:
    """Show an adopted plan as a card that fits one sheet, and what differs from another version."""
    year = plan_year_or_404(text)
    found, asked = _version_or_404(year, number), request.args.get("against", "")
    against = _version_or_404(year, asked) if asked else version_before(db.session(), found)
    others = [one for one in plan_versions(db.session(), year) if one.id != found.id]
    names = names_by_id(db.session(), [found.adopted_by_id])
    return render_template(
        "plan/version.html", year=year, version=found, rows=card(found), against=against, others=others,
        changes=changes_between(against, found) if against else None, adopter=names.get(found.adopted_by_id or 0, ""),
    )  # fmt: skip


def _version_or_404(year: int, text: str) -> PlanVersion:
    number = number_of(text)
    return (number and plan_version(db.session(), year, number)) or abort(404)
