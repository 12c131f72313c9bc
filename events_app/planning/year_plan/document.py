"""A plan as `events-app plan --json` prints it and as an adopted plan is kept."""

from typing import Any

from events_app.planning.year_plan.day_costs import Conflict
from events_app.planning.year_plan.result import Alternative, MovedDate, PlannedEvent, Spacing, YearPlan


def plan_document(plan: YearPlan) -> dict[str, Any]:
    """Return a plan in words of JSON; `moved` is there only where announced dates were."""
    document = {
        "year": plan.year,
        "weeks": plan.weeks,
        "cost": plan.cost,
        "bound": plan.bound,
        "proved": plan.is_proved,
        "seconds": round(plan.seconds, 3),
        "events": [event_document(event) for event in plan.events],
        "spacing": [_spacing(spacing) for spacing in plan.spacing],
    }
    return document | ({"moved": [_moved(moved) for moved in plan.moved]} if plan.moved else {})


def event_document(event: PlannedEvent) -> dict[str, Any]:
    """Return one event of a plan in words of JSON."""
    return {
        "kind": event.kind,
        "groups": list(event.groups),
        "start": event.starts_on.isoformat(),
        "end": event.ends_on.isoformat(),
        "chairs": list(event.chairs),
        "host": event.host,
        "pinned": event.is_pinned,
        "cost": event.cost,
        "conflicts": [_conflict(conflict) for conflict in event.conflicts],
        "alternatives": [_alternative(alternative) for alternative in event.alternatives],
    }


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "what": conflict.what,
        "state": conflict.state,
        "name": conflict.name,
        "date": conflict.day.isoformat(),
        "weight": conflict.weight,
    }


def _alternative(alternative: Alternative) -> dict[str, Any]:
    return {
        "start": alternative.starts_on.isoformat(),
        "cost": alternative.cost,
        "conflicts": [_conflict(conflict) for conflict in alternative.conflicts],
    }


def _spacing(spacing: Spacing) -> dict[str, Any]:
    return {"group": spacing.group, "gaps": list(spacing.gaps), "ideal": spacing.ideal, "cost": spacing.cost}


def _moved(moved: MovedDate) -> dict[str, Any]:
    return {"kind": moved.kind, "groups": list(moved.groups), "date": moved.day.isoformat(), "cost": moved.cost}
