"""What every test may ask for: a real database with the facts, a stopped clock, the application, people and events."""

import gc
import os
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from events_app.app import create_app, create_worker, settle
from events_app.config import Settings
from events_app.events.actions.life import take_step
from events_app.events.actions.writing import create_event
from events_app.events.models import Event
from events_app.events.rules.details import EventDetails
from events_app.events.rules.life import CONFIRM
from events_app.extensions import db, limiter
from events_app.mail.postbox import PostBox
from events_app.people.actions import add_person, appoint, begin_session
from events_app.people.models import Person
from events_app.shared.clock import StoppedClock
from events_app.web.access import SESSION_COOKIE
from events_app.worker.loop import PassReport

pytest_plugins = ["tests.databases"]
TODAY = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(TODAY)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return test_settings(tmp_path)


@pytest.fixture
def engine(settings: Settings, blank_database: Path, open_file: Callable[[Path], Engine]) -> Iterator[Engine]:
    """A database of its own for each test."""
    path = settings.instance_path / "events.sqlite"
    path.write_bytes(blank_database.read_bytes())
    engine = open_file(path)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Where compiled templates are kept for applications that a test makes for itself: compiling takes long."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session")
def built_app(tmp_path_factory: pytest.TempPathFactory, compiled_templates: FileSystemBytecodeCache) -> Flask:
    """The application, built once: drawing up its map of addresses takes longer than most tests."""
    app = create_app(test_settings(tmp_path_factory.mktemp("built")), StoppedClock(TODAY))
    app.jinja_env.bytecode_cache = compiled_templates
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def app(built_app: Flask, settings: Settings, engine: Engine, clock: StoppedClock) -> Iterator[Flask]:
    """The application as if newly made for the test's folder, database and clock, with nothing counted or kept."""
    as_built = dict(built_app.config)
    settle(built_app, settings, clock)
    limiter.init_app(built_app)
    with built_app.app_context():
        db.engines[None] = engine
    yield built_app
    built_app.config.clear()
    built_app.config.update(as_built)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def details() -> Callable[..., EventDetails]:
    """Return the details of a meeting, changed as told."""
    return details_with


@pytest.fixture
def post_box() -> PostBox:
    return PostBox()


@pytest.fixture
def run_pass(
    settings: Settings, engine: Engine, session: Session, clock: StoppedClock, post_box: PostBox
) -> Iterator[Callable[[], PassReport]]:
    """Run one whole pass of the worker, with the post in memory."""

    def run() -> PassReport:
        session.commit()
        report = worker.run_pass()
        session.expire_all()
        return report

    with create_worker(settings, clock, post_box) as worker:
        worker.engine = engine
        yield run


@pytest.fixture
def make_event(session: Session, clock: StoppedClock) -> Callable[..., Event]:
    """Add an event, confirmed unless told otherwise, and commit."""

    def make(status: str = "confirmed", **changes: Any) -> Event:
        now = clock.now()
        event = create_event(session, details_with(**changes), "localhost", now, for_code=changes.get("for_code"))
        if status == "confirmed":
            take_step(session, event, CONFIRM, now)
        elif status != "draft":
            event.status = status
        session.commit()
        return event

    return make


@pytest.fixture
def make_person(session: Session, clock: StoppedClock) -> Callable[..., Person]:
    """Add a person: `make_person("anna", secretary=True)` or `make_person("ben", "CH", "contact-point")`."""

    def make(name: str, state: str = "", role: str = "contact-point", secretary: bool = False) -> Person:
        person = add_person(session, f"{name}@delegations.example", name.title(), clock.now(), is_secretary=secretary)
        if state:
            appoint(session, person, state, role, clock.now())
        session.commit()
        return person

    return make


@pytest.fixture
def sign_in(session: Session, clock: StoppedClock) -> Callable[[FlaskClient, Person], FlaskClient]:
    """Give a client the session of a person."""

    def enter(client: FlaskClient, person: Person) -> FlaskClient:
        _, secret = begin_session(session, person.id, clock.now())
        session.commit()
        client.set_cookie(SESSION_COOKIE, secret)
        return client

    return enter


def test_settings(folder: Path) -> Settings:
    return Settings(instance_path=folder, secret_key="for tests only", base_url="http://localhost")


test_settings.__test__ = False  # type: ignore[attr-defined]


def details_with(**changes: Any) -> EventDetails:
    """Return the details of a Mediterranean Contact Group meeting on 2 March 2027, 10:00 to 13:00, changed so."""
    changes.pop("for_code", None)
    day = changes.get("starts_on", date(2027, 3, 2))
    usual: dict[str, Any] = {
        "kind_key": "contact-group-meeting",
        "group_keys": ("mediterranean",),
        "starts_on": day,
        "ends_on": day,
        "start_time": time(10),
        "end_time": time(13),
        "visibility": "public",
        "venue_key": None,
        "place": "Hofburg, Neuer Saal",
    }
    return EventDetails(**{**usual, **changes})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With EVENTS_NO_SKIPS=1 a skipped test has failed: where everything is installed nothing may be left out."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("EVENTS_NO_SKIPS") == "1":
        report.outcome, report.longrepr = "failed", f"{item.nodeid} was skipped: {report.longreprtext}"
    return report


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what lives as long as the tests: modules and the tests themselves."""
    gc.freeze()
    gc.enable()


gc.disable()
os.environ.pop("EVENTS_NOW", None)
