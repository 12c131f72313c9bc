"""What the tests of backups ask for: two installations, of either database, and what they hold."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from events_app.app import create_app
from events_app.cli import main
from events_app.config import Settings
from events_app.events.actions.life import take_step
from events_app.events.actions.writing import create_event
from events_app.events.files import store_file
from events_app.events.models import Document
from events_app.events.rules.details import EventDetails
from events_app.events.rules.life import CONFIRM
from events_app.extensions import db, transaction
from events_app.init import initialise
from events_app.people.actions import add_person, appoint, begin_session
from events_app.shared.clock import StoppedClock
from events_app.shared.database import Base

SERVER = os.environ.get("TEST_POSTGRESQL_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")

BEGINNING = datetime(2026, 11, 21, 9, tzinfo=UTC)
AGENDA, ODD_MAIL = b"%PDF-1.7 an agenda", b"From: ((((\r\n\r\n"
Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def empty_postgresql() -> Iterator[Callable[[], str]]:
    """Make an empty PostgreSQL database and return its address; it goes after the test."""
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    names: list[str] = []

    def make() -> str:
        names.append(f"backup_{uuid4().hex[:12]}")
        try:
            with server.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {names[-1]}"))
        except OperationalError:
            names.clear()
            pytest.skip("no PostgreSQL server answers")
        return server.url.set(database=names[-1]).render_as_string(hide_password=False)

    yield make
    for name in names:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(scope="session")
def initialised_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that migrations and facts have built, as `events-app init` leaves it."""
    folder = tmp_path_factory.mktemp("initialised")
    app = create_app(settings_in(folder), StoppedClock(BEGINNING))
    with app.app_context():
        initialise(BEGINNING)
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.session.remove()
        db.engine.dispose()
    return folder / "events.sqlite"


@dataclass(frozen=True)
class Answer:
    """What a command said, and with which status it ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run a command for an installation at an instant."""
    for name in [name for name in os.environ if name.startswith("EVENTS_")]:
        monkeypatch.delenv(name)

    def run(app: Flask, now: datetime, *words: str) -> Answer:
        settings = app.extensions["settings"]
        monkeypatch.setenv("EVENTS_DEMO", "1")
        monkeypatch.setenv("EVENTS_NOW", now.isoformat())
        monkeypatch.setenv("EVENTS_SECRET_KEY", settings.secret_key)
        monkeypatch.setenv("EVENTS_INSTANCE_PATH", str(settings.instance_path))
        monkeypatch.setenv("EVENTS_DATABASE_URL", settings.database_url)
        monkeypatch.setattr(sys, "argv", ["events-app", *words])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capfd.readouterr()
        return Answer(int(ended.value.code or 0), said.out, said.err)

    return run


@pytest.fixture
def installation(
    tmp_path: Path, initialised_database: Path, clock: StoppedClock, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Flask]]:
    """Return the application of an installation of its own: ready unless `empty`, on SQLite or on PostgreSQL."""
    apps: list[Flask] = []

    def make(name: str, database: str = "sqlite", empty: bool = False) -> Flask:
        folder = tmp_path / name
        folder.mkdir()
        settings = settings_in(folder)
        if database == "postgresql":
            settings = replace(settings, database_url=request.getfixturevalue("empty_postgresql")())
        elif not empty:
            (folder / "events.sqlite").write_bytes(initialised_database.read_bytes())
        apps.append(create_app(settings, clock))
        if database == "postgresql" and not empty:
            with apps[-1].app_context():
                initialise(clock.now())
        return apps[-1]

    yield make
    for app in apps:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(scope="session")
def furnish() -> Callable[[Flask], None]:
    """Give an installation people, an Asian meeting of 2 March 2027 with a child, and an uploaded file."""

    def write(app: Flask) -> None:
        with app.app_context(), transaction() as session:
            _furnish(session, app.extensions["settings"].instance_path)

    return write


def _furnish(session: Session, instance_path: Path) -> None:
    clara = add_person(session, "clara@section.example", "Clara Ōe \U0001f30d", BEGINNING, is_secretary=True)
    haruto = add_person(session, "haruto@delegations.example", "Haruto", BEGINNING)
    appoint(session, haruto, "JP", "contact-point", BEGINNING)
    begin_session(session, clara.id, BEGINNING)
    day = date(2027, 3, 2)
    theme = 'Transport\u2028\x85 "and" water'
    details = EventDetails(
        "contact-group-meeting", day, day, "public", time(10), time(13), group_keys=("asian",), theme=theme
    )
    # The child is older than its parent, so that rows in the order of their numbers would not fit.
    child, event = (create_event(session, details, "localhost", BEGINNING) for _ in range(2))
    take_step(session, event, CONFIRM, BEGINNING)
    child.parent_id = event.id
    mail = instance_path / "mail-in" / f"{'0' * 40}.eml"
    mail.parent.mkdir()
    mail.write_bytes(ODD_MAIL)
    name = store_file(instance_path / "uploads", AGENDA)
    session.add(Document(event_id=event.id, type="agenda", title="Agenda", stored_as=name, added_at=BEGINNING))


def settings_in(folder: Path) -> Settings:
    return Settings(instance_path=folder, secret_key="for tests only", base_url="http://localhost")


def all_rows() -> Rows:
    """Return everything that the database of the current application holds."""
    with db.engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }
