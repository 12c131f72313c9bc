"""What adopting a plan would do, in words, and what stands in the way of it."""

from dataclasses import dataclass

from events_app.events.models import Event, Kind
from events_app.events.rules.details import EventDetails, details_of, problems_of
from events_app.extensions import db
from events_app.planning.actions.plans import Adoption, details_on, new_details
from events_app.planning.clashes.queries import clashes_of
from events_app.planning.clashes.rules import Clash
from events_app.planning.clashes.slot import slot_of_details
from events_app.planning.plan_adoption import CREATE, KEEP, MOVE, PROPOSE, Placement, sort_of
from events_app.planning.plan_versions import rules_of
from events_app.planning.year_plan import Sort
from events_app.planning.year_plan.weights import plan_rules
from events_app.web.access import current_reader, now
from events_app.web.context import say
from events_app.web.events.clashes import ClashLine, clash_lines
from events_app.web.events.forms.details import usual_details
from events_app.web.plan.naming import day_range, title_of
from events_app.web.plan.solving import Solved


@dataclass(frozen=True)
class Deed:
    """What becomes of one planned date: its event's title, where it is, and where it was (empty unless it moves)."""

    title: str
    days: str
    was: str
    clashes: list[ClashLine]


def deeds(solved: Solved) -> dict[str, list[Deed]]:
    """Return by deed what adopting does, with the clashes of what is new on its day."""
    leaving = {one.event.id for one in solved.placed if one.event and one.deed == MOVE}
    found: dict[str, list[Deed]] = {CREATE: [], MOVE: [], PROPOSE: [], KEEP: []}
    for one in solved.placed:
        found[one.deed].append(_deed(one, leaving))
    return found


def adoption_of(solved: Solved, digest: str, note: str) -> Adoption:
    """Return the plan as it is to be adopted."""
    return Adoption(
        plan=solved.plan,
        placed=solved.placed,
        rules=rules_of(solved.plan, solved.wishes.windows, plan_rules()),
        asked=solved.asked.arguments(),
        digest=digest,
        reason=lambda number: say("Year plan {year}, version {number}", year=solved.plan.year, number=number),
        note=note,
    )


def usual(sort: Sort) -> EventDetails:
    """Return the details that a new event of a sort usually has."""
    return usual_details(_kind(sort), now(), sort.groups)


def _deed(placed: Placement, leaving: set[int]) -> Deed:
    planned, event = placed.planned, placed.event
    title = title_of(planned.kind, planned.groups, planned.starts_on)
    was = day_range(event.starts_on, event.ends_on) if event and placed.deed == MOVE else ""
    clashes = [] if placed.deed == KEEP else _clashes(placed, event, leaving)
    return Deed(title, day_range(planned.starts_on, planned.ends_on), was, clash_lines(clashes))


def _clashes(placed: Placement, event: Event | None, leaving: set[int]) -> list[Clash]:
    """Return what stands in the way on the planned day, but for what leaves that day itself."""
    kind, facts = _kind(sort_of(placed.planned)), current_reader().partnership
    details = _details(placed)
    if problems_of(details, kind, facts):
        return []
    found = clashes_of(db.session(), slot_of_details(details, kind, facts, event.id if event else None), facts)
    return [clash for clash in found if clash.event is None or clash.event.id not in leaving]


def _details(placed: Placement) -> EventDetails:
    if placed.event:
        return details_on(details_of(placed.event), placed.planned)
    return new_details(usual(sort_of(placed.planned)), placed.planned)


def _kind(sort: Sort) -> Kind:
    return db.session().get_one(Kind, sort.kind)
