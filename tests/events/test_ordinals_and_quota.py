"""Which meeting of the year it is, and how far a group is through its year: derived, never typed."""

from datetime import UTC, date, datetime

import pytest

from events_app.events.actions.life import take_step
from events_app.events.models import STATUSES, ArchiveYear
from events_app.events.queries import Quota, ordinals, quota

BOTH = ("mediterranean", "asian")


@pytest.fixture
def meeting(make_event):
    """Add a meeting on a day of 2027."""

    def make(month, day=2, status="confirmed", **changes):
        return make_event(status, starts_on=date(2027, month, day), **changes)

    return make


def test_meetings_of_a_year_are_numbered_by_date_group_by_group(session, meeting):
    third, first, second = meeting(9), meeting(2), meeting(5)
    asian = meeting(3, group_keys=("asian",))
    joint = meeting(4, kind_key="joint-meeting", group_keys=BOTH)
    assert ordinals(session, 2027) == {first.id: 1, second.id: 2, third.id: 3, asian.id: 1, joint.id: 1}
    assert ordinals(session, 2026) == {}


@pytest.mark.parametrize("status", sorted(set(STATUSES) - {"confirmed"}))
def test_only_confirmed_and_held_meetings_count(session, meeting, status):
    meeting(2, status=status)
    counted = meeting(3)
    assert ordinals(session, 2027) == {counted.id: 1}


def test_cancelling_a_meeting_renumbers_the_later_ones_and_restoring_it_too(session, meeting, clock):
    first, second = meeting(2), meeting(5)
    take_step(session, first, "cancel", clock.now(), reason="no room")
    assert ordinals(session, 2027) == {second.id: 1}
    take_step(session, first, "restore", clock.now())
    assert ordinals(session, 2027) == {first.id: 1, second.id: 2}


def test_kinds_without_ordinals_have_none(session, meeting):
    meeting(2, kind_key="conference")
    meeting(3, kind_key="workshop")
    assert ordinals(session, 2027) == {}


def test_a_year_of_the_archive_has_neither_ordinals_nor_a_quota(session, meeting, clock):
    meeting(2)
    session.add(ArchiveYear(year=2027))
    assert ordinals(session, 2027) == {}
    assert quota(session, "mediterranean", 6, 2027, clock.now()) is None


def test_the_quota_counts_held_and_planned_meetings_of_the_group_alone(session, meeting):
    meeting(2)
    meeting(3)
    meeting(11)
    meeting(6, status="proposed")
    meeting(3, group_keys=("asian",))
    meeting(4, kind_key="joint-meeting", group_keys=BOTH)
    between = datetime(2027, 7, 1, tzinfo=UTC)
    assert quota(session, "mediterranean", 6, 2027, between) == Quota(held=2, planned=3, usual=6)
    assert quota(session, "asian", 6, 2027, between) == Quota(held=1, planned=1, usual=6)
    assert quota(session, "mediterranean", 6, 2028, between) == Quota(held=0, planned=0, usual=6)


def test_a_meeting_is_held_from_the_minute_it_ends(session, meeting):
    meeting(3, 2)
    ends = datetime(2027, 3, 2, 12, tzinfo=UTC)
    before = ends.replace(hour=11, minute=59)
    assert [quota(session, "mediterranean", 6, 2027, now).held for now in (before, ends)] == [0, 1]


@pytest.mark.parametrize("visibility", ["secretariat", "group", "partners"])
def test_a_meeting_that_is_not_public_moves_no_number(session, meeting, clock, visibility):
    meeting(2, visibility=visibility)
    counted = meeting(3)
    assert ordinals(session, 2027) == {counted.id: 1}
    assert quota(session, "mediterranean", 6, 2027, clock.now()) == Quota(held=0, planned=1, usual=6)


def test_a_year_is_offered_to_those_who_may_see_an_event_of_it(client, meeting, make_event, make_person, sign_in):
    make_event(starts_on=date(2030, 3, 5), visibility="group")
    make_event(starts_on=date(2031, 3, 4), visibility="secretariat")

    def offered():
        page = client.get("/groups/mediterranean").text
        return [year for year in (2030, 2031) if f"year={year}" in page]

    assert offered() == []
    sign_in(client, make_person("fleur", "FR", "delegate"))
    assert offered() == [2030]
    sign_in(client, make_person("clara", secretary=True))
    assert offered() == [2030, 2031]
