"""What stands in the way of an event is found, by name, and nothing else is."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from events_app.events.actions.inviting import invite
from events_app.partnership.queries import partnership
from events_app.planning.actions.clashes import accept_clashes
from events_app.planning.actions.shadows import ShadowEntry, keep_shadows
from events_app.planning.clashes.queries import accepted_clashes, clashes_of
from events_app.planning.clashes.slot import slot_of, slot_of_details

DAY = date(2027, 3, 2)


@pytest.fixture
def clashes(session):
    """What stands in the way of a stored event, as (what, names)."""

    def find(event):
        facts = partnership(session)
        found = clashes_of(session, slot_of(event, facts), facts)
        assert all(clash.event is not event for clash in found)
        return sorted((clash.what, clash.names) for clash in found)

    return find


def on(day=DAY, **changes):
    return {"starts_on": day, "ends_on": day, **changes}


def test_two_meetings_of_one_group_on_one_day_share_group_venue_and_chair(make_event, clashes):
    first = make_event(**on(date(2026, 3, 3), group_keys=("asian",), venue_key="hofburg-ratsaal", place=""))
    second = make_event(**on(date(2026, 3, 3), group_keys=("asian",), venue_key="hofburg-ratsaal", place=""))
    expected = [("chair", ("FI",)), ("group", ("asian",)), ("venue", ("hofburg-ratsaal",))]
    assert clashes(first) == clashes(second) == expected


def test_the_same_room_at_another_hour_is_free(make_event, clashes):
    first = make_event(**on(group_keys=("asian",), place="Room 201"))
    later = {"start_time": time(13), "end_time": time(15)}
    second = make_event(**on(group_keys=("mediterranean",), place="room  201", **later))
    assert clashes(first) == clashes(second) == []
    third = make_event(**on(group_keys=("mediterranean",), place="ROOM 201"), kind_key="briefing", visibility="group")
    assert ("venue", ("room 201",)) in clashes(third)


def test_a_city_is_no_room(make_event, clashes):
    city = {"venue_key": "amman", "place": "", "visibility": "partners"}
    first = make_event(**on(**city), kind_key="workshop", group_keys=())
    make_event(**on(**city), kind_key="seminar", group_keys=())
    assert clashes(first) == []


@pytest.mark.parametrize("kind_key", ["permanent-council", "forum", "ministerial-council"])
def test_a_sitting_on_the_day_is_named_whatever_the_hour(make_event, clashes, kind_key):
    meeting = make_event(**on(group_keys=("asian",)))
    make_event(**on(start_time=time(18), end_time=time(19)), kind_key=kind_key, group_keys=())
    assert clashes(meeting) == [(kind_key, ())]


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_was_called_off_stands_in_nobodys_way(make_event, clashes, status):
    meeting = make_event(**on(group_keys=("asian",)))
    make_event(status, **on(group_keys=("asian",)))
    assert clashes(meeting) == []


def test_what_stands_on_the_margins_does_not_clash_with_its_conference(make_event, clashes):
    conference = make_event(**on(host_code="JO"), kind_key="conference", start_time=None, end_time=None)
    margin = {"kind_key": "side-event", "visibility": "group", "parent_id": conference.id, "host_code": "JO"}
    one, other = make_event(**on(**margin)), make_event(**on(**margin))
    assert clashes(conference) == clashes(one) == clashes(other) == []


def test_one_state_cannot_host_twice_on_a_day(make_event, clashes):
    first = make_event(**on(host_code="JO"), kind_key="workshop", group_keys=(), visibility="partners")
    make_event(**on(host_code="JO"), kind_key="seminar", group_keys=(), visibility="partners")
    assert ("host", ("JO",)) in clashes(first)


def test_somebody_invited_to_two_events_at_one_time_is_named(session, make_event, make_person, clashes, clock):
    anna = make_person("anna", "CH")
    first = make_event(**on(group_keys=("mediterranean",)))
    second = make_event(**on(), kind_key="briefing", group_keys=(), visibility="partners")
    for event in (first, second):
        invite(session, event, [(anna, "CH")], clock.now())
    session.commit()
    assert ("person", ("Anna",)) in clashes(first)


def test_events_of_other_bodies_are_seen_at_their_time(session, make_event, clashes, clock):
    meeting = make_event(**on(group_keys=("asian",)))
    timed = [datetime(2027, 3, 2, hour, tzinfo=UTC) for hour in (9, 10)]
    entries = [
        ShadowEntry("a", "Board of Governors", "", DAY, DAY, *timed, "Europe/Vienna"),
        ShadowEntry("b", "Evening reception", "", DAY, DAY, *(t + timedelta(hours=9) for t in timed), "Europe/Vienna"),
        ShadowEntry("c", "Week of arms control", "", DAY - timedelta(days=1), DAY, None, None, "Europe/Vienna"),
    ]
    keep_shadows(session, "IAEA", "iaea.ics", entries, clock.now())
    facts = partnership(session)
    found = clashes_of(session, slot_of(meeting, facts), facts)
    assert [clash.shadow.title for clash in found] == ["Week of arms control", "Board of Governors"]


def test_details_that_are_not_saved_clash_like_the_event_they_become(session, make_event, details):
    make_event(**on(group_keys=("asian",), venue_key="hofburg-ratsaal", place=""))
    facts, entered = partnership(session), details(**on(group_keys=("asian",), venue_key="hofburg-ratsaal", place=""))
    unsaved = slot_of_details(entered, make_event("draft", **on(DAY + timedelta(days=9))).kind, facts)
    assert {clash.what for clash in clashes_of(session, unsaved, facts)} >= {"group", "venue"}


def test_finding_clashes_takes_the_same_queries_for_one_and_for_twenty(session, make_event, queries):
    meeting, facts = make_event(**on(group_keys=("asian",))), partnership(session)

    def count():
        session.expire_all()
        session.refresh(meeting)
        slot = slot_of(meeting, facts)
        with queries() as seen:
            clashes_of(session, slot, facts)
        return len(seen)

    make_event(**on(group_keys=("mediterranean",)))
    few = count()
    for _ in range(19):
        make_event(**on(group_keys=("mediterranean",)))
    assert count() == few


def test_a_clash_is_accepted_once_and_keeps_its_first_reason(session, make_event, clock):
    event = make_event(**on())
    accept_clashes(session, event, ["group:event-9:2027-03-02"], "only free week", clock.now(), person_id=None)
    accept_clashes(session, event, ["group:event-9:2027-03-02"], "other words", clock.now(), person_id=None)
    assert [row.reason for row in accepted_clashes(session, event.id).values()] == ["only free week"]
