"""vdirsyncer and khal fetch a feed over HTTP, twice, and see a change as a change and not as a new event."""

from dataclasses import replace
from datetime import timedelta

import pytest

from events_app.events.actions.writing import change_event
from events_app.events.rules.details import details_of
from tests.eyes.reading import CLIENTS
from tests.eyes.subscriber import subscribed

pytestmark = pytest.mark.eyes
MEDITERRANEAN = "Meeting of the Mediterranean Contact Group"
BEFORE = [
    ["2027-03-02 10:00", "2027-03-02 13:00", "False", f"{MEDITERRANEAN}: Water, rivers; lakes", "CONFIRMED"],
    ["2027-04-06 10:00", "2027-04-06 13:00", "False", f"{MEDITERRANEAN}: Мигранты", "CONFIRMED"],
    ["2027-05-11 03:00", "2027-05-11 06:00", "False", "Meeting of the Asian Contact Group: 海洋", "CONFIRMED"],
    ["2027-06-08 00:00", "2027-06-09 00:00", "True", "Mediterranean Conference", "CONFIRMED"],
    ["2027-10-31 04:00", "2027-10-31 05:00", "False", f"{MEDITERRANEAN}: الأمن", "CONFIRMED"],
]
AFTER = [
    ["2027-03-30 10:00", "2027-03-30 12:30", "False", f"{MEDITERRANEAN}: Water, rivers; lakes", "CONFIRMED"],
    ["2027-04-06 10:00", "2027-04-06 13:00", "False", f"Cancelled: {MEDITERRANEAN}: Мигранты", "CANCELLED"],
    *BEFORE[2:4],
    ["2027-10-31 04:00", "2027-10-31 05:00", "False", f"{MEDITERRANEAN}: حقوق الإنسان", "CONFIRMED"],
]


@pytest.fixture
def subscriber(tmp_path, address):
    if not (CLIENTS / "khal").exists():
        pytest.skip("khal and vdirsyncer: run `make readers`")
    return subscribed(tmp_path / "subscriber", f"{address}/feeds/all.ics")


def without_uids(agenda):
    return [line[:5] for line in agenda]


def uids_of(programme):
    return {event.uid for event in programme.values()}


def test_vdirsyncer_that_keeps_uids_sees_a_change_as_a_change(subscriber, programme, change_some):
    subscriber.pull(keeping_uids=True)
    before = subscriber.kept()
    change_some()
    said, after = subscriber.pull(keeping_uids=True), subscriber.kept()
    assert set(after) == set(before)
    changed = {name for name in after if after[name] != before[name]}
    assert len(changed) == said.count("Copying (updating)") == 3
    assert "Copying (uploading)" not in said and "Deleting" not in said
    assert {line[5] for line in subscriber.agenda()} == uids_of(programme)


def test_vdirsyncer_as_it_comes_exchanges_what_changed_and_nothing_else(subscriber, programme, change_some):
    """It knows what it reads over HTTP by its content: the old goes and the new comes in one synchronisation."""
    subscriber.pull()
    before = subscriber.kept()
    change_some()
    subscriber.pull()
    after = subscriber.kept()
    assert len(after) == len(before) == len(programme)
    assert len(after.keys() - before.keys()) == len(before.keys() - after.keys()) == 3
    assert all(after[name] == before[name] for name in after.keys() & before.keys())


def test_vdirsyncer_has_nothing_to_do_while_nothing_changes(subscriber, programme, clock):
    subscriber.pull()
    before = subscriber.kept()
    clock.advance(timedelta(hours=2))
    said = subscriber.pull()
    assert len(before) == len(programme)
    assert subscriber.kept() == before
    assert "Copying" not in said and "Deleting" not in said


def test_vdirsyncer_takes_away_what_is_no_longer_public(subscriber, programme, session, clock):
    subscriber.pull()
    withdrawn = programme["far"]
    internal = replace(details_of(withdrawn), visibility="partners")
    change_event(session, withdrawn, internal, withdrawn.version, clock.now())
    session.commit()
    subscriber.pull()
    assert without_uids(subscriber.agenda()) == [line for line in BEFORE if "海洋" not in line[3]]


def test_khal_lists_what_vdirsyncer_pulled_once_and_at_its_new_time(subscriber, programme, change_some):
    subscriber.pull()
    assert without_uids(subscriber.agenda()) == BEFORE
    change_some()
    subscriber.pull()
    assert without_uids(subscriber.agenda()) == AFTER


def test_khal_that_imports_a_feed_again_updates_its_events(subscriber, programme, change_some):
    subscriber.import_feed()
    first = subscriber.agenda()
    change_some()
    subscriber.import_feed()
    second = subscriber.agenda()
    assert (without_uids(first), without_uids(second)) == (BEFORE, AFTER)
    assert {line[5] for line in first} == {line[5] for line in second} == uids_of(programme)
    assert len(subscriber.kept()) == len(programme)
