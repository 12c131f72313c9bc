"""The search against every possible choice: on small boards with ties and pins both find the same dates, or none."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as some

from events_app.planning.year_plan.board import (
    CONFERENCE,
    JOINT,
    MEETING,
    Board,
    Chain,
    ChainRules,
    Column,
    Option,
    Placement,
)
from events_app.planning.year_plan.search import any_plan, cheapest

MONDAY = date(2027, 1, 4)
EVENTS = ((JOINT, 0), (MEETING, 0), (CONFERENCE, 0), (MEETING, 1), (CONFERENCE, 1))


def option_in(week):
    days = some.integers(0, 2).map(lambda weekday: MONDAY + timedelta(days=7 * week + weekday))
    return some.one_of(some.builds(Option, days, some.integers(-3, 4)), some.none())


@some.composite
def columns(draw):
    found, number = [], 0
    for week in range(draw(some.integers(1, 7))):
        if draw(some.integers(0, 5)) == 0:  # a pin, perhaps in a week without usable days
            found.append(Column(number, stops=draw(some.sampled_from([(1, 0), (0, 1), (1, 1), (2, 0), (0, 0)]))))
            number += draw(some.booleans())
        else:
            one = option_in(week)
            found.append(Column(number, draw(one), (draw(one), draw(one)), (draw(one), draw(one))))
            number += 1
    return tuple(found)


chains = some.builds(Chain, some.integers(0, 2), some.integers(1, 3))
rules = some.builds(
    ChainRules,
    some.integers(0, 4),
    some.integers(1, 2),
    some.integers(2, 4),
    some.sampled_from([0, 1, 4]),
    some.just(9),
)
boards = some.builds(
    Board, columns(), some.tuples(chains, chains), rules, some.booleans(), some.tuples(some.booleans(), some.booleans())
)


def every_choice(board, week=0, chosen=()):
    """Yield every choice that places all that is sought, at most one event a week."""
    if week == len(board.columns):
        if all(sum(event == one for _, event in chosen) == sought(board, one) for one in EVENTS):
            yield chosen
        return
    yield from every_choice(board, week + 1, chosen)
    for event in EVENTS:
        if option(board, week, event) and sum(event == one for _, one in chosen) < sought(board, event):
            yield from every_choice(board, week + 1, (*chosen, (week, event)))


def sought(board, event):
    what, chain = event
    if what == JOINT:
        return int(board.has_joint)
    return board.chains[chain].free if what == MEETING else int(board.has_conference[chain])


def option(board, week, event):
    what, chain = event
    column = board.columns[week]
    return column.joint if what == JOINT else (column.meetings if what == MEETING else column.conferences)[chain]


def members(board, chain, chosen):
    """Return the weeks of a chain's members in order, each with whether it is pinned."""
    placed = {week for week, event in chosen if event == (MEETING, chain) or event[0] == JOINT}
    found = []
    for week, column in enumerate(board.columns):
        found += [(column.number, True)] * column.stops[chain] + [(column.number, False)] * (week in placed)
    return found


def chain_cost(board, chain, chosen):
    """Return what the gaps of a chain cost; None if a rule is broken."""
    rules, found = board.rules, members(board, chain, chosen)
    cost = 0
    if found and found[0][0] > rules.first_by:
        if not found[0][1]:
            return None
        cost += rules.late_first
    for (before, was_pinned), (after, is_pinned) in pairwise(found):
        gap = after - before
        if not (was_pinned or is_pinned or rules.least <= gap <= rules.most):
            return None
        cost += rules.gap * (gap - board.chains[chain].ideal) ** 2
    return cost


def best_choice(board):
    best = None
    for chosen in every_choice(board):
        gaps = [chain_cost(board, chain, chosen) for chain in (0, 1)]
        if None in gaps:
            continue
        options = [option(board, week, event) for week, event in chosen]
        cost = sum(gaps) + sum(one.cost for one in options)
        key = (cost, [(one.day, EVENTS.index(event)) for one, (_, event) in zip(options, chosen, strict=True)])
        best = min(best or key, key)
    return best


@settings(max_examples=120, deadline=None)
@given(boards)
def test_the_search_finds_what_trying_everything_finds(board):
    best, found = best_choice(board), cheapest(board)
    assert any_plan(board) == (best is not None)
    if best is None:
        assert found is None
        return
    cost, dates = best
    expected = tuple(Placement(*EVENTS[rank], day) for day, rank in dates)
    assert (found.cost, found.bound, found.placements) == (cost, cost, expected)


def test_of_two_equal_plans_the_one_with_the_earlier_dates_wins():
    weeks = [MONDAY + timedelta(days=7 * week) for week in range(4)]
    free = tuple(Column(number, None, (Option(day, 0), Option(day, 0))) for number, day in enumerate(weeks))
    board = Board(free, (Chain(1, 1), Chain(1, 1)), ChainRules(8, 2, 14, 4, 1000), False, (False, False))
    assert cheapest(board).placements == (Placement(MEETING, 0, weeks[0]), Placement(MEETING, 1, weeks[1]))
