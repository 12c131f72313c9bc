"""`init`: tables and facts on an empty instance, again without effect, and nothing at all after a broken file."""

import shutil
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import inspect, select

import events_app.init
from events_app.app import create_app
from events_app.events.facts import read_event_facts
from events_app.extensions import db
from events_app.init import initialise
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
