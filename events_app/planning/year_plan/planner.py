"""Planning a year: from facts and wishes to the cheapest dates, proved."""

from time import perf_counter

from events_app.planning.errors import NoPlanError
from events_app.planning.year_plan import board as boards
from events_app.planning.year_plan.board import Board, Placement, Solution
from events_app.planning.year_plan.costing import Costing, pinned_costs, plan_with
from events_app.planning.year_plan.facts import CONFERENCE, MEETING, PlanFacts, PlannedDate, Sort
from events_app.planning.year_plan.infeasible import relaxations
from events_app.planning.year_plan.result import YearPlan
from events_app.planning.year_plan.search import cheapest
from events_app.planning.year_plan.week_costs import board_of
from events_app.planning.year_plan.weights import PlanRules
from events_app.planning.year_plan.wishes import Programme, Wishes, programme_of

KINDS = {boards.MEETING: MEETING, boards.CONFERENCE: CONFERENCE}


def plan_year(facts: PlanFacts, wishes: Wishes | None = None, rules: PlanRules | None = None) -> YearPlan:
    """Return the cheapest dates of a year's programme of work; raises what is wrong with the wishes, NoPlanError."""
    programme = programme_of(facts, wishes or Wishes(), rules)
    costing = Costing(programme)
    board = board_of(programme, costing.weeks, costing.days)
    solution, seconds = _timed(board)
    if solution is None:
        raise NoPlanError(facts.year, relaxations(programme, board))
    found = [_date(programme, placement) for placement in solution.placements]
    bound = solution.bound + pinned_costs(costing) + _moving(programme)
    return plan_with(costing, (*programme.pins, *found), bound=bound, is_proved=True, seconds=seconds)


def _timed(board: Board) -> tuple[Solution | None, float]:
    start = perf_counter()
    solution = cheapest(board)
    return solution, perf_counter() - start


def _date(programme: Programme, placement: Placement) -> PlannedDate:
    if placement.what == boards.JOINT:
        return PlannedDate(programme.facts.joint, placement.day)
    sort = Sort(KINDS[placement.what], (programme.facts.group_keys[placement.chain],))
    return PlannedDate(sort, placement.day, host=programme.host(sort))


def _moving(programme: Programme) -> int:
    """Return what it costs to move every announced date that no pin keeps; the board takes it off what is kept."""
    pinned = {(pin.sort, pin.first) for pin in programme.pins}
    return programme.moving_cost * sum((one.sort, one.first) not in pinned for one in programme.announced)
