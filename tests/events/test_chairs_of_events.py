"""Who chairs an event, who is invited, and what a decision on the roster does to events."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from events_app.events.actions.roster import record_decision
from events_app.events.actions.writing import change_event
from events_app.events.models import EventChange
from events_app.events.queries import changes_of
from events_app.events.rules.details import details_of
from events_app.events.rules.table import chair_line, invited_codes, roster_years
from events_app.partnership.actions import RosterEntry
from events_app.partnership.errors import ChairmanshipError
from events_app.partnership.queries import partnership

BOTH = ("mediterranean", "asian")
DECIDED_ON = date(2026, 11, 20)


@pytest.fixture
def chairs(session):
    """Return the chairs of an event by code, None where it is to be determined."""
    return lambda event: [chair.state_code for chair in chair_line(event, partnership(session)).chairs]


@pytest.fixture
def decide(session, clock):
    def record(year=2027, state="CY", decided_on=DECIDED_ON, status="decided", **known):
        entry = RosterEntry(year, state, status, decided_on, "MC.DEC/1/26")
        changed = record_decision(session, entry, clock.now(), **known)
        session.commit()
        return [event.id for event in changed]

    return record


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"starts_on": date(2025, 5, 6)}, ["CH"]),
        ({"starts_on": date(2025, 5, 6), "group_keys": ("asian",)}, ["MT"]),
        ({"starts_on": date(2026, 5, 6)}, [None]),
        ({"starts_on": date(2026, 5, 6), "kind_key": "joint-meeting", "group_keys": BOTH}, [None, "FI"]),
        ({"starts_on": date(2026, 5, 6), "kind_key": "permanent-council", "group_keys": ()}, ["CH"]),
        ({"starts_on": date(2025, 5, 6), "kind_key": "conference"}, ["CH"]),
        ({"starts_on": date(2026, 5, 6), "kind_key": "forum", "group_keys": ()}, []),
    ],
)
def test_the_chair_follows_from_kind_group_and_date(make_event, chairs, changes, expected):
    assert chairs(make_event(**changes)) == expected


def test_a_meeting_in_january_is_chaired_by_the_next_chairmanship(session, make_event, chairs, clock):
    event = make_event(starts_on=date(2024, 12, 30))
    assert chairs(event) == ["FI"]
    day = date(2025, 1, 3)
    change_event(session, event, replace(details_of(event), starts_on=day, ends_on=day), event.version, clock.now())
    assert chairs(event) == ["CH"]


def test_an_override_chairs_and_shows_that_it_is_one(session, make_event):
    event = make_event(chair_override_code="MT", chair_override_reason="agreed in the group")
    line = chair_line(event, partnership(session))
    assert (line.state_codes, line.is_override, line.reason) == (("MT",), True, "agreed in the group")
    assert roster_years(event, partnership(session)) == set()
    plain = chair_line(make_event(starts_on=date(2025, 5, 6)), partnership(session))
    assert (plain.is_override, plain.reason) == (False, "")


def test_a_reason_without_an_override_is_none(session, make_event):
    event = make_event(starts_on=date(2025, 5, 6), chair_override_reason="left over")
    assert not chair_line(event, partnership(session)).is_override


def test_everyone_at_a_group_meeting_is_a_participating_state_a_partner_of_the_group_or_a_host(session, make_event):
    facts = partnership(session)
    day = date(2027, 3, 2)
    assert invited_codes(make_event(), facts) == {*facts.participating(day), *facts.partners(("mediterranean",), day)}
    assert "JP" in invited_codes(make_event(host_code="JP"), facts)
    joint = make_event(kind_key="joint-meeting", group_keys=BOTH)
    council = make_event(kind_key="permanent-council", group_keys=())
    assert len(invited_codes(joint, facts)) == len(invited_codes(council, facts)) == 68
    assert invited_codes(make_event(kind_key="visit", group_keys=(), host_code="TN"), facts) == {"TN"}
    assert invited_codes(make_event(kind_key="liaison", group_keys=()), facts) == set()


def test_mongolia_is_invited_to_the_asian_group_on_either_side_of_its_change(session, make_event):
    facts = partnership(session)
    for day in (date(2012, 11, 20), date(2012, 11, 21)):
        assert "MN" in invited_codes(make_event(starts_on=day, group_keys=("asian",)), facts)
        assert ("MN" in invited_codes(make_event(starts_on=day), facts)) is (day.day == 21)


def test_a_decision_shows_at_every_event_that_depends_on_it_and_in_its_history(
    make_event, make_person, chairs, decide, session, clock
):
    before = make_event(starts_on=date(2026, 11, 19))
    since = make_event(starts_on=date(2026, 11, 20))
    joint = make_event(starts_on=date(2026, 12, 1), kind_key="joint-meeting", group_keys=BOTH)
    council = make_event(starts_on=date(2027, 5, 6), kind_key="permanent-council", group_keys=())
    asian = make_event(starts_on=date(2028, 5, 2), group_keys=("asian",))
    other = make_event(starts_on=date(2027, 5, 4))
    person = make_person("anna", secretary=True)
    at = clock.advance(timedelta(hours=1))
    sequences = {event.id: event.sequence for event in (since, joint, council, asian)}
    assert decide(person_id=person.id) == [since.id, joint.id, council.id, asian.id]
    assert [chairs(event) for event in (before, since, joint, council, asian, other)] == [
        [None], ["CY"], ["CY", "FI"], ["CY"], ["CY"], [None],
    ]  # fmt: skip
    for event in (since, joint, council, asian):
        change = changes_of(session, event.id)[0]
        assert (change.verb, change.person_id, change.at) == ("new-chair", person.id, at)
        assert (event.sequence, event.modified_at) == (sequences[event.id], at)
    assert changes_of(session, joint.id)[0].fields == {"chair": [["", "FI"], ["CY", "FI"]]}
    assert all(event.modified_at < at for event in (before, other))


def test_a_decision_without_a_day_counts_always(make_event, chairs, decide):
    event = make_event(starts_on=date(2026, 1, 20))
    assert decide(decided_on=None) == [event.id]
    assert chairs(event) == ["CY"]


def test_an_event_with_an_override_is_not_touched_by_a_decision(session, make_event, chairs, decide, clock):
    event = make_event(
        starts_on=date(2026, 12, 1), chair_override_code="MT", chair_override_reason="agreed in the group"
    )
    version = event.version
    clock.advance(timedelta(hours=1))
    assert decide() == []
    assert (chairs(event), event.version) == (["MT"], version)


def test_a_candidate_changes_nobodys_chair(make_event, decide):
    make_event(starts_on=date(2026, 12, 1))
    assert decide(status="candidate", decided_on=None) == []


def test_a_decision_that_is_taken_back_leaves_the_chair_to_be_determined(session, make_event, chairs, decide):
    event = make_event(starts_on=date(2026, 12, 1))
    decide()
    assert decide(state=None, status="undetermined", decided_on=None) == [event.id]
    assert changes_of(session, event.id)[0].fields == {"chair": [["CY"], [""]]}
    assert chairs(event) == [None]


def test_recording_the_same_decision_again_changes_no_event(session, make_event, decide):
    make_event(starts_on=date(2026, 12, 1))
    decide()
    history = session.scalar(select(func.count()).select_from(EventChange))
    assert decide() == []
    assert session.scalar(select(func.count()).select_from(EventChange)) == history


def test_a_decision_that_is_refused_touches_no_event(session, make_event, chairs, decide):
    event = make_event(starts_on=date(2026, 12, 1))
    with pytest.raises(ChairmanshipError):
        decide(state="XX")
    assert chairs(event) == [None]
    assert changes_of(session, event.id)[0].verb == "confirm"
