"""The year plan's model: what a day costs, what forbids it, what pins, bans and announced dates do."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from events_app.dates.holiday_table import Holiday, table_of
from events_app.partnership.errors import GroupNotFoundedError
from events_app.partnership.queries import partnership
from events_app.planning.year_plan import (
    CONFERENCE,
    JOINT_MEETING,
    MEETING,
    PlanFacts,
    PlannedDate,
    Sort,
    Wishes,
    cost_of_dates,
    habit,
    plan_document,
    plan_year,
    sort_named,
)
from events_app.planning.year_plan.weeks import usable_weeks

GROUPS = ("mediterranean", "asian")
JOINT = Sort(JOINT_MEETING, GROUPS)
MED, ASIAN = (Sort(MEETING, (key,)) for key in GROUPS)
MED_CONFERENCE, ASIAN_CONFERENCE = (Sort(CONFERENCE, (key,)) for key in GROUPS)
YEAR = 2027


def day(text):
    return date.fromisoformat(f"{YEAR}-{text}")


@pytest.fixture
def facts_with(session):
    """Return the facts of 2027 with these holidays and no others: (State, day, name, estimated)."""

    def facts(*holidays, **more):
        table = table_of(Holiday(day(on), code, name, is_estimated) for code, on, name, is_estimated in holidays)
        return PlanFacts(YEAR, partnership(session), table, **more)

    return facts


@pytest.fixture
def facts(facts_with):
    return facts_with()


def met(facts, sort, on, **more):
    """Return what one date meets: (what, State, weight)."""
    [event] = cost_of_dates(facts, [PlannedDate(sort, day(on), **more)], Wishes()).events
    return sorted((one.what, one.state or "", one.weight) for one in event.conflicts if one.what != "late-first")


def dates_of(plan, sort):
    return [event.starts_on for event in plan.events if (event.kind, event.groups) == (sort.kind, sort.groups)]


def test_weeks_are_numbered_as_far_as_they_have_a_usable_day():
    weeks = usable_weeks(YEAR, (), frozenset())
    assert (weeks.count, weeks.number(day("01-11")), weeks.number(day("02-08"))) == (44, 0, 4)
    summer = [weeks.number(day(on)) for on in ("07-30", "08-02", "08-26", "08-30")]
    assert summer == [28, 29, 29, 29]
    assert [weeks.number(day(on)) for on in ("11-24", "12-01", "12-10", "12-14", "12-20")] == [41, 42, 42, 43, 44]
    assert usable_weeks(YEAR, (), frozenset(day(f"02-{n:02}") for n in range(8, 13))).count == 43
    real = usable_weeks(YEAR, [(day("11-25"), day("11-26"))], frozenset())
    assert day("12-01") in real.days[day("11-29")]
    assert day("11-22") not in real.days


def test_a_day_costs_what_partners_and_participating_states_keep_on_it(facts_with):
    facts = facts_with(
        ("JP", "03-02", "Doll Day", False), ("EG", "03-03", "Feast", True), ("JO", "03-02", "Day", False),
        ("JO", "03-03", "Feast", True), ("FR", "03-02", "Day", False), ("AF", "02-08", "First Day of Ramadan", True),
    )  # fmt: skip
    assert met(facts, MED, "03-02") == [
        ("estimated-beside", "EG", 30), ("holiday", "JO", 100), ("participating-holiday", "FR", 2),
        *(("ramadan", code, 5) for code in ("DZ", "EG", "JO", "MA", "TN")),
    ]  # fmt: skip
    assert [one[:2] for one in met(facts, ASIAN, "03-02")][:2] == [("holiday", "JP"), ("participating-holiday", "FR")]
    assert ("ramadan", "AF", 5) in met(facts, ASIAN, "03-09")
    assert met(facts, ASIAN, "03-15") == met(facts, ASIAN, "02-02") == []
    assert [one[:2] for one in met(facts, JOINT, "03-05") if one[0] == "weekend"] == [
        ("weekend", code) for code in ("AF", "DZ", "EG", "IL", "JO")
    ]


def test_ramadan_may_have_begun_in_the_year_before(session):
    table = table_of([Holiday(date(1997, 12, 30), "AF", "First Day of Ramadan", True)])
    facts = PlanFacts(1998, partnership(session), table)
    costed = cost_of_dates(facts, [PlannedDate(MED, date(1998, 1, number)) for number in (28, 29)])
    assert [sum(one.what == "ramadan" for one in event.conflicts) for event in costed.events] == [5, 0]


def test_a_conference_pays_for_both_days_and_for_council_days(facts_with):
    facts = facts_with(("JP", "06-10", "Day", False))
    assert met(facts, ASIAN_CONFERENCE, "06-09") == [
        ("forum", "", 20), ("holiday", "JP", 100), ("permanent-council", "", 20),
    ]  # fmt: skip


def test_every_reason_that_would_forbid_a_pinned_date_is_listed_and_costs_a_thousand(facts_with):
    facts = facts_with(("AT", "06-03", "Day", False), ("CH", "06-03", "Day", False), ("JO", "09-20", "Day", False))
    assert met(facts, ASIAN, "06-03") == [
        ("chair-holiday", "CH", 1000), ("participating-holiday", "AT", 2), ("participating-holiday", "CH", 2),
        ("permanent-council", "", 1000), ("seat-holiday", "AT", 1000),
    ]  # fmt: skip
    assert met(facts, MED, "08-10") == [("recess", "", 1000)]
    assert met(facts, MED, "12-03")[-1] == ("weekend", "JO", 15)
    assert ("ministerial-council", "", 1000) in met(facts, MED, "12-03")
    assert ("weekend", "", 1000) in met(facts, ASIAN, "03-06")
    assert [one for one in met(facts, MED_CONFERENCE, "09-19", host="JO") if one[2] == 1000] == [
        ("host-holiday", "JO", 1000), ("two-weeks", "", 1000), ("weekend", "", 1000),
    ]  # fmt: skip
    assert [one for one in met(facts, MED_CONFERENCE, "09-10", host="JO") if one[2] == 1000] == [
        ("host-weekend", "JO", 1000), ("host-weekend", "JO", 1000), ("outside-window", "", 1000), ("weekend", "", 1000),
    ]  # fmt: skip


def test_pins_in_one_week_a_late_first_one_and_gaps_out_of_bounds_cost_and_stay(facts):
    pins = (PlannedDate(MED, day("04-05")), PlannedDate(ASIAN, day("04-06")), PlannedDate(MED, day("12-13")))
    costed = cost_of_dates(facts, pins)
    assert [[one.what for one in event.conflicts] for event in costed.events] == [
        ["same-week", "late-first"], ["same-week", "late-first"], [],
    ]  # fmt: skip
    assert [(one.gaps, one.cost) for one in costed.spacing] == [((31,), 4 * 25**2), ((), 0)]
    plan = plan_year(facts, Wishes(pins=pins))
    assert (plan.cost, plan.is_proved) == (plan.bound, True)
    assert {pin.first for pin in pins} <= {event.starts_on for event in plan.events if event.is_pinned}
    assert [one.what for event in plan.events for one in event.conflicts].count("late-first") == 0


def test_the_plan_costs_what_it_is_proved_to_cost_whatever_is_pinned_banned_or_announced(facts_with):
    facts = facts_with(("JP", "02-11", "Day", False), ("AF", "02-08", "First Day of Ramadan", True))
    pins = (
        PlannedDate(JOINT, day("12-31")),
        PlannedDate(ASIAN_CONFERENCE, day("06-06")),
        PlannedDate(MED, day("08-04")),
    )
    announced = (PlannedDate(ASIAN, day("03-05")), PlannedDate(MED, day("03-03")), PlannedDate(MED, day("08-04")))
    bans = frozenset(day("04-01") + timedelta(days=number) for number in range(20))
    plan = plan_year(facts, Wishes({"asian": 4}, pins=pins, bans=bans, announced=announced, moving_cost=500))
    assert (plan.cost, plan.bound) == (plan.bound, plan.cost)
    assert day("03-05") in dates_of(plan, ASIAN)
    assert [(one.day, one.cost) for one in plan.moved] == [(day("03-03"), 500)]
    weeks = [event.starts_on.isocalendar().week for event in plan.events]
    assert len(set(weeks)) == len(weeks) == 6 + 4 + 3
    assert not bans & {event.starts_on for event in plan.events}


def test_quota_and_joint_meeting_make_the_chains(facts):
    plan = plan_year(facts, Wishes({"mediterranean": 3}))
    assert [(one.group, len(one.gaps), one.ideal) for one in plan.spacing] == [
        ("mediterranean", 3, 11), ("asian", 6, 6),
    ]  # fmt: skip
    none = plan_year(facts, Wishes({"mediterranean": 0, "asian": 0}))
    assert [(event.kind, event.groups) for event in none.events if event.kind != CONFERENCE] == [
        (JOINT_MEETING, GROUPS)
    ]
    assert [one.gaps for one in none.spacing] == [(), ()]


def test_before_a_group_existed_it_is_not_planned(session):
    facts = PlanFacts(2002, partnership(session), table_of([]))
    assert {event.groups for event in plan_year(facts).events} == {("mediterranean",)}
    with pytest.raises(GroupNotFoundedError):
        plan_year(facts, Wishes({"asian": 6}))
    with pytest.raises(GroupNotFoundedError):
        sort_named(JOINT_MEETING, "joint", replace(facts, year=2006))


def test_a_chair_that_was_decided_late_is_known_when_planning(session):
    plan = plan_year(PlanFacts(2023, partnership(session), table_of([])))
    assert {event.groups: event.chairs for event in plan.events} == {
        ("mediterranean",): ("MT",), ("asian",): ("PL",), GROUPS: ("MT", "PL"),
    }  # fmt: skip


def test_alternatives_are_the_cheapest_allowed_days_around(facts_with):
    facts = facts_with(("JP", "04-05", "Day", False), ("AT", "04-06", "Day", False))
    [event] = cost_of_dates(facts, [PlannedDate(ASIAN, day("04-13"))]).events
    assert [(one.starts_on, one.cost) for one in event.alternatives] == [
        (day("04-12"), 0), (day("04-19"), 0), (day("04-20"), 0),
    ]  # fmt: skip
    [conference] = cost_of_dates(facts, [PlannedDate(ASIAN_CONFERENCE, day("05-17"))]).events
    assert [(one.starts_on, one.ends_on, one.cost) for one in conference.alternatives] == [
        (day("05-24"), day("05-25"), 0), (day("05-18"), day("05-19"), 20), (day("05-25"), day("05-26"), 20),
    ]  # fmt: skip


def test_last_years_habit_is_costed_by_the_same_rules(facts_with):
    facts = facts_with(("EG", "03-09", "Day", False))
    earlier = (PlannedDate(MED, date(2026, 3, 3)), PlannedDate(MED_CONFERENCE, date(2026, 10, 20)))
    moved = habit(replace(facts, earlier=earlier))
    assert [(event.starts_on, event.cost) for event in moved.events] == [(day("03-09"), 100), (day("10-26"), 20)]
    usual = habit(facts)
    assert dates_of(usual, MED)[:2] == [day("02-05"), day("04-02")]
    assert len(usual.events) == 5 + 6 + 1 + 2  # no Friday of August is usable
    assert usual.cost > plan_year(facts).cost
    assert not usual.is_proved


def test_the_document_has_what_the_contract_names(facts):
    document = plan_document(plan_year(facts, Wishes(hosts={"asian": "JP"})))
    assert list(document) == ["year", "weeks", "cost", "bound", "proved", "seconds", "events", "spacing"]
    events = document["events"]
    assert list(events[0]) == [
        "kind", "groups", "start", "end", "chairs", "host", "pinned", "cost", "conflicts", "alternatives",
    ]  # fmt: skip
    assert [event["host"] for event in events if event["kind"] == CONFERENCE] == ["JP", None]
    assert all(event["cost"] == sum(one["weight"] for one in event["conflicts"]) for event in events)
    assert [list(spacing) for spacing in document["spacing"]] == [["group", "gaps", "ideal", "cost"]] * 2
    assert document["cost"] == sum(one["cost"] for one in (*events, *document["spacing"])) == document["bound"]
