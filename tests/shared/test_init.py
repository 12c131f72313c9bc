"""`init`: tables and facts on an empty instance, again without effect, and nothing at all after a broken file."""

import re
import shutil
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import inspect, select

import events_app.init
from events_app.app import create_app
from events_app.events.actions.writing import create_event
from events_app.events.facts import read_event_facts
from events_app.events.models import Event, Venue
from events_app.events.queries import changes_of
from events_app.events.rules.details import EventDetails
from events_app.events.silence import read_as_of
from events_app.extensions import db
from events_app.init import initialise
from events_app.partnership.facts import read_partnership_facts
from events_app.partnership.models import Chairmanship
from events_app.shared.database import Base
from events_app.shared.datafile import DATA, DataFileError

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def empty_app(settings, clock):
    app = create_app(settings, clock)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def all_rows():
    with db.engine.connect() as connection:
        return {t.name: sorted(map(repr, connection.execute(select(t)))) for t in Base.metadata.sorted_tables}


def test_init_makes_an_empty_instance_ready_and_repeating_it_changes_nothing(empty_app):
    initialise(NOW)
    first = all_rows()
    assert (len(first["state"]), len(first["topic"]), first["event"]) == (68, 23, [])
    entry = db.session.get(Chairmanship, 2027)
    entry.source, entry.corrected_at = "our own file", empty_app.extensions["clock"].now()
    db.session.commit()
    corrected = all_rows()
    initialise(NOW)
    assert all_rows() == corrected
    assert {table for table in first if first[table] != corrected[table]} == {"chairmanship"}


def test_a_broken_file_stops_init_before_anything_is_written(empty_app, tmp_path, monkeypatch):
    folder = shutil.copytree(DATA, tmp_path / "data")
    (folder / "venues.toml").write_text("[[venue]]\nkey = \n", encoding="utf-8")
    monkeypatch.setattr(events_app.init, "read_event_facts", partial(read_event_facts, folder))
    with pytest.raises(DataFileError, match=r"^venues\.toml, line 2: "):
        initialise(NOW)
    assert inspect(db.engine).get_table_names() == []


def test_a_chairmanship_that_comes_with_a_new_file_is_noted_on_its_events(empty_app, tmp_path, monkeypatch):
    initialise(NOW)
    details = EventDetails(
        kind_key="contact-group-meeting", group_keys=("mediterranean",), starts_on=date(2026, 12, 1),
        ends_on=date(2026, 12, 1), visibility="public",
    )  # fmt: skip
    event = create_event(db.session(), details, "localhost", NOW)
    db.session.commit()
    folder = shutil.copytree(DATA, tmp_path / "data")
    roster = (folder / "chairmanships.csv").read_text(encoding="utf-8")
    (folder / "chairmanships.csv").write_text(
        re.sub("(?m)^2027,.*$", "2027,CY,decided,2026-11-20,", roster), encoding="utf-8"
    )
    monkeypatch.setattr(events_app.init, "read_partnership_facts", partial(read_partnership_facts, folder))
    later = NOW + timedelta(days=1)
    initialise(later)
    event = db.session.scalars(select(Event)).one()
    assert (event.modified_at, event.sequence) == (later, 0)
    assert changes_of(db.session(), event.id)[0].fields == {"chair": [[""], ["CY"]]}


def test_an_upgrade_finds_events_as_silence_has_left_them(empty_app):
    """A procedure expired while the worker stood still, and the new version calls its place otherwise."""
    initialise(NOW)
    details = EventDetails(
        kind_key="contact-group-meeting", group_keys=("mediterranean",), starts_on=date(2026, 12, 1),
        ends_on=date(2026, 12, 1), visibility="public", venue_key="hofburg-ratsaal",
    )  # fmt: skip
    event = create_event(db.session(), details, "localhost", NOW)
    event.status, event.silence_ends_at = "proposed", NOW + timedelta(hours=1)
    db.session.get(Venue, "hofburg-ratsaal").name = "A former name"
    db.session.commit()
    db.session.remove()
    later = NOW + timedelta(days=1)
    read_as_of(db.session(), later)
    initialise(later)
    event = db.session.scalars(select(Event)).one()
    assert (event.status, event.published_at, event.modified_at) == ("confirmed", NOW + timedelta(hours=1), later)
