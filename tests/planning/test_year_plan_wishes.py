"""What a year plan answers to wishes that no plan can keep, and to those that cannot be."""

from datetime import date, timedelta

import pytest

from events_app.dates.holiday_table import table_of
from events_app.partnership.errors import UnknownGroupError, UnknownStateError
from events_app.partnership.queries import partnership
from events_app.planning.errors import (
    KindWithoutGroupError,
    NoPlanError,
    OutsidePlanYearError,
    PlanWindowError,
    QuotaError,
    Relaxation,
    TooManyPinsError,
    UnplannedKindError,
)
from events_app.planning.year_plan import (
    JOINT_MEETING,
    MEETING,
    PlanFacts,
    PlannedDate,
    Sort,
    Wishes,
    plan_year,
    sort_named,
)

GROUPS = ("mediterranean", "asian")
JOINT = Sort(JOINT_MEETING, GROUPS)
MED, ASIAN = (Sort(MEETING, (key,)) for key in GROUPS)
YEAR = 2027


def day(text):
    return date.fromisoformat(f"{YEAR}-{text}")


@pytest.fixture
def facts(session):
    return PlanFacts(YEAR, partnership(session), table_of([]))


SUMMER = (day("08-09"), day("08-20"))


@pytest.mark.parametrize(
    ("wishes", "rules"),
    [
        (Wishes({"asian": 30}), {Relaxation("least-gap"), Relaxation("quota", "asian", 21)}),
        (Wishes({"mediterranean": 40, "asian": 40}), {Relaxation("quota", None, 20)}),
        (Wishes(windows={"asian": SUMMER}), {Relaxation("window", "asian")}),
        (Wishes(bans=frozenset(day("01-01") + timedelta(days=n) for n in range(365))), {Relaxation("bans")}),
        (Wishes(windows=dict.fromkeys(GROUPS, SUMMER)), set()),
    ],
)  # fmt: skip
def test_without_a_plan_the_rule_in_the_way_is_named(facts, wishes, rules):
    with pytest.raises(NoPlanError) as refused:
        plan_year(facts, wishes)
    assert set(refused.value.relaxations) == rules


@pytest.mark.parametrize(
    ("wishes", "error"),
    [
        (Wishes({"arctic": 2}), UnknownGroupError),
        (Wishes({"asian": -1}), QuotaError),
        (Wishes({"asian": 61}), QuotaError),
        (Wishes(hosts={"asian": "XX"}), UnknownStateError),
        (Wishes(windows={"asian": (date(2026, 5, 1), day("06-01"))}), OutsidePlanYearError),
        (Wishes(windows={"asian": (day("06-02"), day("06-01"))}), PlanWindowError),
        (Wishes(bans=frozenset([date(2028, 1, 1)])), OutsidePlanYearError),
        (Wishes(pins=(PlannedDate(MED, date(2028, 1, 1)),)), OutsidePlanYearError),
        (Wishes({"asian": 1}, pins=tuple(PlannedDate(ASIAN, day(f"03-0{n}")) for n in (1, 2))), TooManyPinsError),
        (Wishes(pins=tuple(PlannedDate(JOINT, day(f"03-0{n}")) for n in (1, 2))), TooManyPinsError),
    ],
)
def test_wishes_that_cannot_be_are_refused(facts, wishes, error):
    with pytest.raises(error):
        plan_year(facts, wishes)


@pytest.mark.parametrize(
    ("kind", "group", "error"),
    [
        ("workshop", "asian", UnplannedKindError),
        (MEETING, "arctic", UnknownGroupError),
        (MEETING, "joint", KindWithoutGroupError),
        (JOINT_MEETING, "asian", KindWithoutGroupError),
    ],
)
def test_only_partner_events_can_be_pinned(facts, kind, group, error):
    with pytest.raises(error):
        sort_named(kind, group, facts)
