"""The year plan: the cheapest dates of a year's programme of work, proved. Pure: facts in, a plan out."""

from events_app.planning.year_plan.costing import cost_of_dates
from events_app.planning.year_plan.day_costs import Conflict
from events_app.planning.year_plan.document import event_document, plan_document
from events_app.planning.year_plan.facts import (
    CONFERENCE,
    FIRST_YEAR,
    JOINT_MEETING,
    KINDS,
    LAST_YEAR,
    MEETING,
    PlanFacts,
    PlannedDate,
    Sort,
    checked_plan_year,
)
from events_app.planning.year_plan.habit import habit
from events_app.planning.year_plan.planner import plan_year
from events_app.planning.year_plan.result import Alternative, MovedDate, PlannedEvent, Spacing, YearPlan
from events_app.planning.year_plan.wishes import Wishes, sort_named

__all__ = [
    "CONFERENCE", "FIRST_YEAR", "JOINT_MEETING", "KINDS", "LAST_YEAR", "MEETING", "Alternative", "Conflict",
    "MovedDate", "PlanFacts", "PlannedDate", "PlannedEvent", "Sort", "Spacing", "Wishes", "YearPlan",
    "checked_plan_year", "cost_of_dates", "event_document", "habit", "plan_document", "plan_year", "sort_named",
]  # fmt: skip
