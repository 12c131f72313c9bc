"""Recording a year of the roster."""

from datetime import date

import pytest
from sqlalchemy import select

from events_app.partnership.actions import RosterEntry, record_chairmanship
from events_app.partnership.errors import ChairmanshipError
from events_app.partnership.models import Chairmanship
from events_app.partnership.queries import partnership
from events_app.trail.models import TrailEntry


def entry(**changes):
    usual = {
        "year": 2027,
        "state_code": "CY",
        "status": "decided",
        "decided_on": date(2026, 11, 20),
        "source": "MC.DEC",
    }
    return RosterEntry(**{**usual, **changes})


def test_a_decision_is_written_with_its_day_and_source(session, clock):
    record_chairmanship(session, entry(), None, clock.now())
    row = session.get_one(Chairmanship, 2027)
    assert (row.state_code, row.status, row.decided_on, row.source) == ("CY", "decided", date(2026, 11, 20), "MC.DEC")
    assert row.corrected_at == clock.now()
    assert partnership(session).group_chair("mediterranean", date(2026, 11, 20)).state_code == "CY"
    assert partnership(session).group_chair("mediterranean", date(2026, 11, 19)).state_code is None


def test_a_year_that_the_roster_does_not_have_can_be_added(session, clock):
    record_chairmanship(session, entry(year=2030), None, clock.now())
    assert partnership(session).chairmanship(2030, date(2030, 1, 1)).state_code == "CY"


def test_what_becomes_undetermined_again_loses_its_state(session, clock):
    record_chairmanship(session, entry(year=2026, status="undetermined"), None, clock.now())
    assert session.get_one(Chairmanship, 2026).state_code is None


def test_the_deed_stands_in_the_trail(session, clock, make_person):
    person = make_person("anna", secretary=True)
    record_chairmanship(session, entry(), person.id, clock.now())
    deed = session.scalars(select(TrailEntry).order_by(TrailEntry.id.desc())).first()
    assert (deed.person_id, deed.verb, deed.thing, deed.thing_id) == (
        person.id, "record-chairmanship", "chairmanship", "2027",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"year": 1990}, "year", "out-of-range"),
        ({"year": 2101}, "year", "out-of-range"),
        ({"status": "rumoured"}, "status", "unknown"),
        ({"state_code": None}, "state_code", "needed"),
        ({"state_code": "XX"}, "state_code", "not-participating"),
        ({"state_code": "JO"}, "state_code", "not-participating"),
        ({"state_code": "ME", "year": 2006}, "state_code", "not-participating"),
        ({"state_code": None, "status": "candidate"}, "state_code", "needed"),
        ({"decided_on": date(2026, 11, 22)}, "decided_on", "in-the-future"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_and_nothing_written(session, clock, changes, field, reason):
    with pytest.raises(ChairmanshipError) as refused:
        record_chairmanship(session, entry(**changes), None, clock.now())
    assert (refused.value.field, refused.value.reason) == (field, reason)
    assert session.get_one(Chairmanship, 2027).status == "undetermined"
    assert not session.dirty
