"""A proposed event whose no-objection procedure expired reads as confirmed, before and after anything stores it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.actions.life import take_step
from events_app.events.actions.silence import store_silence
from events_app.events.actions.writing import change_event
from events_app.events.errors import InvalidEventError
from events_app.events.models import CONFIRMED, PROPOSED, Event
from events_app.events.queries import changes_of, ordinals
from events_app.events.rules.details import details_of
from events_app.events.rules.life import CANCEL
from events_app.events.silence import read_as_of
from events_app.feeds.queries import calendar_stamp
from events_app.rights.queries import is_public_event

READ = ("status", "sequence", "version", "published_at", "changed_at", "modified_at", "scheduled_at", "starts_at")


@pytest.fixture
def proposed(session, make_event, clock):
    event = make_event(status="proposed")
    event.silence_ends_at = clock.now() + timedelta(days=5)
    session.commit()
    return event


def as_read(engine, now, event_id):
    with Session(engine) as reading:
        read_as_of(reading, now)
        found = reading.get(Event, event_id)
        return {name: getattr(found, name) for name in READ}


def test_what_is_read_before_the_worker_runs_is_what_it_stores(session, engine, proposed, clock):
    expiry = clock.advance(timedelta(days=5))
    before = as_read(engine, expiry + timedelta(hours=3), proposed.id)
    assert (before["status"], before["modified_at"], before["sequence"]) == (CONFIRMED, expiry, 1)
    assert session.scalar(select(Event.status).where(Event.id == proposed.id)) == PROPOSED
    assert store_silence(session, clock.advance(timedelta(days=2))) == [proposed]
    session.commit()
    assert as_read(engine, clock.now(), proposed.id) == before
    latest = changes_of(session, proposed.id)[0]
    assert (latest.verb, latest.at, latest.sequence) == ("confirm-by-silence", expiry, 1)
    assert store_silence(session, clock.now()) == []


def test_it_stays_proposed_until_the_very_minute(engine, proposed, clock):
    second_before = clock.now() + timedelta(days=5) - timedelta(seconds=1)
    assert as_read(engine, second_before, proposed.id)["status"] == PROPOSED


def test_selections_agree_with_what_is_loaded(engine, proposed, clock):
    with Session(engine) as reading:
        read_as_of(reading, clock.advance(timedelta(days=5)))
        assert reading.scalar(select(Event.id).where(is_public_event(reading))) == proposed.id
        assert ordinals(reading, proposed.starts_on.year) == {proposed.id: 1}


def test_the_stamp_of_feeds_moves_at_the_minute_though_nothing_was_written(engine, proposed, clock):
    stamps = []
    for step in (0, 5, 6):
        with Session(engine) as reading:
            read_as_of(reading, clock.now() + timedelta(days=step))
            stamps.append(calendar_stamp(reading))
    assert stamps[0] != stamps[1] == stamps[2]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": date(2027, 3, 3), "ends_on": date(2027, 3, 3)}, "starts_on"),
        ({"place": "Elsewhere"}, "venue_key"),
        ({"visibility": "secretariat"}, "visibility"),
        ({"group_keys": ("asian",)}, "visibility"),
        ({"host_code": "JO"}, "visibility"),
    ],
)
def test_what_is_asked_for_and_of_whom_stays_while_the_procedure_runs(session, proposed, clock, changes, field):
    with pytest.raises(InvalidEventError) as refused:
        change_event(session, proposed, replace(details_of(proposed), **changes), proposed.version, clock.now())
    assert [(problem.field, problem.reason) for problem in refused.value.problems] == [(field, "under-procedure")]


def test_what_it_is_about_can_be_said_better_meanwhile(session, proposed, clock):
    change_event(session, proposed, replace(details_of(proposed), theme="Water"), proposed.version, clock.now())
    assert (proposed.theme, proposed.silence_ends_at is None) == ("Water", False)


def test_a_step_that_somebody_takes_ends_the_procedure(session, proposed, clock):
    take_step(session, proposed, CANCEL, clock.now(), reason="no venue")
    session.commit()
    assert proposed.silence_ends_at is None
    assert store_silence(session, clock.advance(timedelta(days=9))) == []
