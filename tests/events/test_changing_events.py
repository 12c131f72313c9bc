"""Creating and changing events: what is recorded, when the sequence rises, and that nobody's work is lost."""

from dataclasses import replace
from datetime import UTC, date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from events_app.events.actions.writing import change_event, create_event, discard_draft
from events_app.events.errors import InvalidEventError, Problem, StaleEventError
from events_app.events.models import AgendaItem, Event, EventChange
from events_app.events.queries import changes_of, event_by_id
from events_app.events.rules.details import (
    INNER_FIELDS,
    UNSHOWN_FIELDS,
    AgendaPoint,
    DocumentLink,
    details_of,
    differences,
)
from events_app.trail.models import TrailEntry

MINUTE = timedelta(minutes=1)
EDITS = {
    "theme": ("Water", "Migration"),
    "description": ("", "Please register."),
    "joining_link": ("", "https://meet.example/1"),
    "visibility": ("public", "partners"),
    "is_fund_financed": (False, True),
    "host_code": (None, "JO"),
    "co_host_codes": ((), ("TN", "MA")),
    "topic_keys": ((), ("migration", "education")),
    "interpretation": ((), ("en", "ar")),
    "chair_override_reason": ("", "agreed in the group"),
    "chair_override_code": (None, "FI"),
    "rests_on": ("", "MC.DEC/3/26"),
    "agenda": ((), (AgendaPoint(date(2027, 3, 2), time(10), "Opening", "The Chair"),)),
    "documents": ((), (DocumentLink("agenda", "Agenda", "https://docs.example/1"),)),
    "place": ("Hofburg, Neuer Saal", "Hofburg, Ratsaal"),
    "venue_key": (None, "amman"),
    "format": ("in-person", "hybrid"),
    "start_time": (time(10), time(9)),
    "end_time": (time(13), time(12)),
    "time_zone": ("Europe/Vienna", "Asia/Tokyo"),
    "end_fold": (0, 1),
}
MOVING = {"place", "venue_key", "format", "start_time", "end_time", "time_zone", "end_fold"}


def edited(details, names):
    other = {name: EDITS[name][1] for name in names}
    if "chair_override_code" in names:
        other["chair_override_reason"] = "agreed in the group"
    return replace(details, **other)


def test_a_new_event_is_a_draft_with_a_uid_of_its_own_under_the_site(session, details, clock):
    events = [create_event(session, details(), "calendar.example", clock.now()) for _ in range(2)]
    assert events[0].uid != events[1].uid
    assert all(event.uid.endswith("@calendar.example") for event in events)
    assert {(event.status, event.sequence, event.published_at) for event in events} == {("draft", 0, None)}
    assert [change.verb for change in changes_of(session, events[0].id)] == ["create"]


def test_everything_entered_comes_back(session, details, clock):
    entered = edited(details(), set(EDITS))
    event = create_event(session, entered, "localhost", clock.now())
    session.commit()
    session.expunge_all()
    stored = details_of(event_by_id(session, event.id))
    assert sorted(stored.topic_keys) == sorted(entered.topic_keys)
    assert sorted(stored.co_host_codes) == sorted(entered.co_host_codes)
    same = {"topic_keys": (), "co_host_codes": ()}
    assert replace(stored, **same) == replace(entered, **same)


def test_a_change_is_recorded_with_who_when_what_was_and_what_is(session, make_event, make_person, clock):
    event, person = make_event(theme="Water"), make_person("anna", secretary=True)
    at = clock.advance(MINUTE)
    new = replace(details_of(event), theme="Migration", start_time=time(15), end_time=time(18))
    changed = change_event(session, event, new, event.version, at, person_id=person.id)
    assert changed == {
        "theme": ["Water", "Migration"],
        "start_time": ["10:00:00", "15:00:00"],
        "end_time": ["13:00:00", "18:00:00"],
    }
    change = changes_of(session, event.id)[0]
    assert (change.verb, change.person_id, change.at, change.fields) == ("change", person.id, at, changed)
    assert change.sequence == event.sequence == 2
    deed = session.scalars(select(TrailEntry).order_by(TrailEntry.id.desc())).first()
    assert (deed.person_id, deed.verb, deed.thing_id) == (person.id, "change", str(event.id))


def test_a_change_of_kind_is_recorded_like_any_other(session, make_event, clock):
    event_id = make_event().id
    session.expunge_all()
    event = session.get_one(Event, event_id)
    new = replace(details_of(session.get_one(Event, event_id)), kind_key="conference")
    session.expunge_all()
    event = session.get_one(Event, event_id)
    assert change_event(session, event, new, event.version, clock.now()) == {
        "kind_key": ["contact-group-meeting", "conference"]
    }
    assert (event.kind_key, event.kind.key) == ("conference", "conference")
    assert changes_of(session, event_id)[0].fields == {"kind_key": ["contact-group-meeting", "conference"]}


def test_saving_without_a_change_records_nothing(session, make_event, clock):
    event = make_event(theme="Water")
    version, modified, history = event.version, event.modified_at, len(changes_of(session, event.id))
    clock.advance(MINUTE)
    assert change_event(session, event, details_of(event), event.version, clock.now()) == {}
    session.commit()
    assert (event.version, event.modified_at) == (version, modified)
    assert len(changes_of(session, event.id)) == history


def test_a_stale_edit_is_refused_and_changes_nothing(session, make_event, clock):
    event = make_event(theme="Water")
    seen = event.version
    change_event(session, event, replace(details_of(event), theme="Migration"), seen, clock.now())
    session.commit()
    history = len(changes_of(session, event.id))
    with pytest.raises(StaleEventError) as refused:
        change_event(session, event, replace(details_of(event), theme="Transport"), seen, clock.now())
    assert (refused.value.edited, refused.value.stored) == (seen, event.version)
    session.commit()
    assert event.theme == "Migration"
    assert len(changes_of(session, event.id)) == history


@pytest.mark.parametrize("name", sorted(EDITS))
def test_the_sequence_rises_with_time_and_place_alone_and_last_modified_with_what_shows(
    session, make_event, clock, name
):
    event = make_event()
    sequence, version = event.sequence, event.version
    at = clock.advance(MINUTE)
    changed = change_event(session, event, edited(details_of(event), {name}), event.version, at)
    session.commit()
    assert name in changed
    assert event.sequence == sequence + (1 if name in MOVING else 0)
    assert event.changed_at == at
    assert (event.modified_at == at) is (name not in UNSHOWN_FIELDS + INNER_FIELDS + ("host_code", "co_host_codes"))
    assert (event.inner_modified_at == at) is (name in INNER_FIELDS)
    assert event.version == version + 1


@given(steps=st.lists(st.sets(st.sampled_from(sorted(set(EDITS) - {"chair_override_code"})), max_size=4), max_size=5))
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_over_any_edits_the_sequence_counts_the_moves_and_never_falls(session, make_event, clock, steps):
    event = make_event()
    plain, moves, changes = details_of(event), event.sequence, len(changes_of(session, event.id))
    for names in steps:
        new = edited(plain, names)
        differing = differences(details_of(event), new)
        before = event.changed_at
        at = clock.advance(MINUTE)
        assert set(change_event(session, event, new, event.version, at)) == set(differing)
        session.commit()
        moves += bool(MOVING & set(differing))
        changes += bool(differing)
        assert event.changed_at == (at if differing else before)
        assert event.sequence == moves
    assert len(changes_of(session, event.id)) == changes


def test_replaced_agendas_and_documents_leave_nothing_behind(session, make_event, clock):
    event = make_event(agenda=EDITS["agenda"][1], documents=EDITS["documents"][1])
    change_event(session, event, replace(details_of(event), agenda=(), documents=()), event.version, clock.now())
    session.commit()
    assert session.scalars(select(AgendaItem)).all() == []
    assert event.documents == []


def test_an_agenda_is_read_in_order_of_time(session, make_event):
    day = date(2027, 3, 2)
    points = (AgendaPoint(day, time(12), "Closing"), AgendaPoint(day, time(10), "Opening"))
    event_id = make_event(agenda=points).id
    session.expunge_all()
    assert [item.title for item in event_by_id(session, event_id).agenda] == ["Opening", "Closing"]


def test_a_joint_meeting_is_one_event_of_two_groups(session, make_event):
    event = make_event(kind_key="joint-meeting", group_keys=("asian", "mediterranean"))
    session.expunge_all()
    assert [found.group_keys for found in session.scalars(select(Event))] == [("mediterranean", "asian")]
    assert event.sequence == 1


def test_a_draft_can_be_discarded_with_all_that_hangs_on_it(session, make_event, clock):
    event = make_event("draft", host_code="JO", agenda=EDITS["agenda"][1], documents=EDITS["documents"][1])
    discard_draft(session, event, clock.now())
    session.commit()
    assert session.scalars(select(Event)).all() == []
    assert session.scalars(select(EventChange)).all() == []
    assert session.scalars(select(AgendaItem)).all() == []


@pytest.mark.parametrize("status", ["proposed", "confirmed", "postponed", "cancelled"])
def test_nothing_but_a_draft_is_ever_deleted(session, make_event, clock, status):
    event = make_event(status)
    with pytest.raises(InvalidEventError) as refused:
        discard_draft(session, event, clock.now())
    assert refused.value.problems == [Problem("status", "not-a-draft")]
    assert session.get(Event, event.id) is event


def test_what_was_published_is_not_deleted_even_as_a_draft(session, make_event, clock):
    event = make_event("confirmed")
    event.status = "draft"
    with pytest.raises(InvalidEventError):
        discard_draft(session, event, clock.now())


def test_two_people_who_save_at_the_same_time_do_not_overwrite_each_other(session, make_event, clock):
    event = make_event(theme="Water")
    session.commit()
    with Session(session.get_bind()) as other:
        theirs = other.get_one(Event, event.id)
        details_of(theirs)
        other.commit()
        theirs_details = replace(details_of(theirs), theme="Theirs")
        version = theirs.version
        other.commit()
        change_event(session, event, replace(details_of(event), theme="Ours"), event.version, clock.now())
        session.commit()
        with pytest.raises((StaleEventError, StaleDataError)):
            change_event(other, theirs, theirs_details, version, clock.now())
    session.expire_all()
    assert event.theme == "Ours"


def test_an_event_keeps_instants_in_utc(make_event):
    event = make_event(starts_on=date(2027, 7, 6))
    assert event.starts_at.isoformat() == "2027-07-06T08:00:00+00:00"
    assert event.starts_at.tzinfo is UTC


def test_an_event_does_not_stand_on_its_own_margins(session, make_event, clock):
    event = make_event()
    with pytest.raises(InvalidEventError) as refused:
        change_event(session, event, replace(details_of(event), parent_id=event.id), event.version, clock.now())
    assert [(problem.field, problem.reason) for problem in refused.value.problems] == [("parent_id", "unknown")]
