"""Who sits at the table on a day, from the facts as they are shipped."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from events_app.partnership.errors import GroupNotFoundedError, UnknownGroupError, UnknownStateError
from events_app.partnership.facts import read_partnership_facts
from events_app.partnership.models import ROLES, Chairmanship
from events_app.partnership.queries import partnership
from events_app.partnership.rules import (
    Chair,
    Partnership,
    chair_rule,
    group_keys_of,
    joint_status,
    may_edit_for_term,
)

JAPAN_KOREA_AND = ["AF", "JP", "KR"]
DAYS = st.dates(date(1973, 1, 1), date(2100, 12, 31))


def shipped() -> Partnership:
    facts = read_partnership_facts()
    return Partnership(
        {state.code: state for state in facts.states},
        tuple(facts.memberships),
        {group.key: group for group in facts.groups},
        {entry.year: entry for entry in facts.roster},
    )


SHIPPED = shipped()


@pytest.fixture
def facts(session: Session) -> Partnership:
    return partnership(session)


@pytest.mark.parametrize(
    ("group", "day", "roster_year", "state", "status"),
    [
        ("mediterranean", date(2021, 5, 10), 2022, "PL", "decided"),
        ("asian", date(2016, 5, 17), 2015, "RS", "decided"),
        ("mediterranean", date(2026, 11, 21), 2027, None, "undetermined"),
        ("asian", date(2026, 11, 21), 2025, "FI", "decided"),
        ("mediterranean", date(2025, 12, 31), 2026, "CH", "decided"),
        ("mediterranean", date(1994, 1, 1), 1995, "HU", "decided"),
        ("asian", date(2003, 1, 1), 2002, "PT", "decided"),
        ("asian", date(2028, 2, 1), 2027, None, "undetermined"),
        ("mediterranean", date(2060, 2, 1), 2061, None, "undetermined"),
    ],
)
def test_a_group_is_chaired_by_the_neighbouring_chairmanship(facts, group, day, roster_year, state, status):
    assert facts.group_chair(group, day) == Chair(group, roster_year, state, status)


@pytest.mark.parametrize(
    ("day", "state", "status"),
    [
        (date(2023, 6, 15), None, "undetermined"),
        (date(2023, 11, 30), None, "undetermined"),
        (date(2023, 12, 1), "MT", "decided"),
        (date(2023, 12, 31), "MT", "decided"),
    ],
)
def test_a_chair_is_known_from_the_day_of_its_decision(facts, day, state, status):
    assert facts.group_chair("mediterranean", day) == Chair("mediterranean", 2024, state, status)


def test_a_candidate_is_named_and_does_not_chair(session):
    entry = session.get_one(Chairmanship, 2027)
    entry.state_code, entry.status = "CY", "candidate"
    chair = partnership(session).group_chair("mediterranean", date(2026, 11, 21))
    assert (chair.state_code, chair.status, chair.is_decided) == ("CY", "candidate", False)


@pytest.mark.parametrize(("group", "day"), [("asian", date(2002, 12, 31)), ("mediterranean", date(1993, 12, 31))])
def test_a_group_has_no_chair_before_it_was_founded(facts, group, day):
    with pytest.raises(GroupNotFoundedError) as refused:
        facts.group_chair(group, day)
    assert (refused.value.key, refused.value.day) == (group, day)
    assert facts.group_chair(group, day + timedelta(days=1)).is_decided


def test_a_joint_meeting_has_both_chairs_the_mediterranean_first(facts):
    chairs = facts.chairs(("asian", "mediterranean"), date(2018, 5, 4))
    assert [(chair.group, chair.state_code) for chair in chairs] == [("mediterranean", "SK"), ("asian", "AT")]
    assert joint_status(chairs) == "decided"


def test_a_joint_meeting_is_undetermined_if_either_chair_is(facts):
    chairs = facts.chairs(("mediterranean", "asian"), date(2026, 5, 4))
    assert [chair.status for chair in chairs] == ["undetermined", "decided"]
    assert joint_status(chairs) == "undetermined"


@pytest.mark.parametrize(
    ("statuses", "answer"),
    [
        (["decided", "decided"], "decided"),
        (["candidate", "decided"], "candidate"),
        (["candidate", "undetermined"], "undetermined"),
        (["decided", "undetermined"], "undetermined"),
    ],
)
def test_the_least_certain_status_counts(statuses, answer):
    assert joint_status([Chair(None, 2026, None, status) for status in statuses]) == answer


def test_the_troika_is_the_outgoing_present_and_incoming_chairmanship(facts):
    assert [chair.state_code for chair in facts.troika(date(2025, 12, 4))] == ["MT", "FI", "CH"]
    assert [chair.state_code for chair in facts.troika(date(2026, 12, 4))] == ["FI", "CH", None]
    assert [chair.year for chair in facts.troika(date(2026, 12, 4))] == [2025, 2026, 2027]


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(2005, 1, 1), 55), (date(2010, 1, 1), 56), (date(2014, 1, 1), 57), (date(2026, 11, 21), 57)],
)
def test_the_number_of_participating_states_follows_the_day(facts, day, count):
    assert len(facts.participating(day)) == count


@pytest.mark.parametrize(
    ("day", "count", "inside", "outside"),
    [
        (date(2008, 9, 10), 5, "MN", "AU"),
        (date(2011, 5, 23), 6, "MN", ""),
        (date(2014, 1, 1), 5, "AU", "MN"),
        (date(2026, 11, 21), 5, "AU", "MN"),
    ],
)
def test_the_asian_partners_follow_the_day(facts, day, count, inside, outside):
    partners = facts.partners(("asian",), day)
    assert len(partners) == count
    assert inside in partners
    assert outside not in partners
    assert set(partners) >= set(JAPAN_KOREA_AND)


def test_mongolia_is_a_partner_until_20_november_2012_and_takes_part_from_the_21st(facts):
    before, after = date(2012, 11, 20), date(2012, 11, 21)
    assert "MN" in facts.partners(("asian",), before)
    assert "MN" not in facts.participating(before)
    assert "MN" not in facts.partners(("asian",), after)
    assert "MN" in facts.participating(after)


def test_the_mediterranean_partners_of_today_are_six(facts):
    assert facts.partners(("mediterranean",), date(2026, 11, 21)) == ["DZ", "EG", "IL", "JO", "MA", "TN"]


def test_both_groups_together_have_eleven_partners(facts):
    keys = group_keys_of("joint", facts)
    assert keys == ("mediterranean", "asian")
    assert len(facts.partners(keys, date(2026, 11, 21))) == 11
    assert len(facts.delegations(date(2026, 11, 21))) == 68
    assert facts.partners((), date(2026, 11, 21)) == []


def test_the_rule_has_a_name(facts):
    assert [chair_rule(name, facts) for name in ("mediterranean", "asian", "joint")] == ["incoming", "outgoing", "both"]


def test_unknown_names_are_refused(facts):
    with pytest.raises(UnknownGroupError, match="arctic"):
        group_keys_of("arctic", facts)
    with pytest.raises(UnknownStateError, match="XX"):
        facts.state("XX")


@pytest.mark.parametrize(
    ("today", "answer"),
    [
        (date(2023, 11, 30), False),
        (date(2023, 12, 1), True),
        (date(2024, 1, 31), True),
        (date(2024, 2, 1), False),
    ],
)
def test_a_term_lasts_from_the_decision_to_31_january_after(facts, today, answer):
    assert may_edit_for_term(facts.roster[2024], 2023, today) is answer


def test_an_open_chairmanship_has_no_term(facts):
    assert not may_edit_for_term(facts.roster[2027], 2026, date(2026, 11, 21))
    assert not may_edit_for_term(None, 2026, date(2026, 11, 21))


@given(DAYS)
@settings(deadline=None)
def test_no_state_holds_two_roles_on_a_day(day):
    holders = [code for role in ROLES for code in SHIPPED.codes_in_role(role, day)]
    assert len(holders) == len(set(holders))
    assert SHIPPED.delegations(day) == sorted(holders)


@given(DAYS, st.sampled_from(["mediterranean", "asian"]))
@settings(deadline=None)
def test_a_chair_is_never_guessed(day, key):
    step = {"mediterranean": 1, "asian": -1}[key]
    try:
        chair = SHIPPED.group_chair(key, day)
    except GroupNotFoundedError:
        assert day < SHIPPED.group(key).since
        return
    entry = SHIPPED.roster.get(day.year + step)
    is_known = entry is not None and entry.status == "decided" and (entry.decided_on or day) <= day
    assert chair.year == day.year + step
    assert (chair.state_code, chair.status) == ((entry.state_code, "decided") if is_known else (None, "undetermined"))


@given(DAYS, DAYS)
@settings(deadline=None)
def test_participating_states_never_become_fewer_unless_a_membership_ended(first, second):
    early, late = sorted((first, second))
    gone = set(SHIPPED.participating(early)) - set(SHIPPED.participating(late))
    ended = {m.state_code for m in SHIPPED.memberships if m.valid_to is not None}
    assert gone <= ended
