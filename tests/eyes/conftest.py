"""A year of events, its feeds over HTTP, and the table of what others see in them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from events_app.app import create_app
from events_app.config import Settings
from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.models import Event
from events_app.events.rules.details import details_of
from events_app.events.rules.life import CANCEL
from events_app.extensions import db
from events_app.feeds.rules import FEEDS
from events_app.shared.clock import StoppedClock
from events_app.shared.database import prepare_engine
from events_app.words.languages import LANGUAGES
from tests.conftest import TODAY
from tests.eyes.expected import Expected, expected_event, expected_of
from tests.eyes.tally import NAMELESS, table
from tests.eyes.year import write_year

SINGLE = 40


@dataclass(frozen=True)
class Year:
    """Feeds as they came over HTTP, by name, and what everyone must see in them."""

    feeds: dict[str, str]
    expected: dict[str, list[Expected]]


@pytest.fixture(scope="session")
def year(blank_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """A year in every feed and every language, and some events as downloads."""
    folder = tmp_path_factory.mktemp("year")
    (folder / "events.sqlite").write_bytes(blank_database.read_bytes())
    settings = Settings(instance_path=folder, secret_key="for tests only", base_url="http://localhost")
    engine = prepare_engine(create_engine(settings.database_address))
    app = create_app(settings, StoppedClock(TODAY))
    with Session(engine) as session:
        write_year(session)
        events = list(session.scalars(select(Event)))
        yield Year(feeds_of(app, events), expectations(events))
    engine.dispose()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The address of a running web server with the test's own database."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def programme(make_event: Callable[..., Event]) -> dict[str, Event]:
    """Five events: three that will change, one far away, one of two days."""
    tokyo = {"time_zone": "Asia/Tokyo", "group_keys": ("asian",)}
    days = {"start_time": None, "end_time": None, "kind_key": "conference"}
    return {
        "moved": make_event(theme="Water, rivers; lakes"),
        "cancelled": make_event(theme="Мигранты", starts_on=date(2027, 4, 6)),
        "retitled": make_event(theme="الأمن", starts_on=date(2027, 10, 31), start_time=time(4), end_time=time(5)),
        "far": make_event(theme="海洋", starts_on=date(2027, 5, 11), **tokyo),
        "days": make_event(starts_on=date(2027, 6, 8), ends_on=date(2027, 6, 9), **days),
    }


@pytest.fixture
def change_some(session: Session, clock: StoppedClock, programme: dict[str, Event]) -> Callable[[], None]:
    """Move one event, cancel another, give a third another theme, two hours later."""

    def change() -> None:
        clock.advance(timedelta(hours=2))
        moved, retitled, now = programme["moved"], programme["retitled"], clock.now()
        later = replace(
            details_of(moved), starts_on=date(2027, 3, 30), ends_on=date(2027, 3, 30), end_time=time(12, 30)
        )
        change_event(session, moved, later, moved.version, now)
        change_event(session, retitled, replace(details_of(retitled), theme="حقوق الإنسان"), retitled.version, now)
        take_step(session, programme["cancelled"], CANCEL, now, reason="The host withdrew")
        session.commit()

    return change


def feeds_of(app: Flask, events: list[Event]) -> dict[str, str]:
    """Return every feed in every language, downloads, and one feed whose zones have names that nobody knows."""
    client = app.test_client()
    addresses = {f"{name}-{lang}": f"/feeds/{name}.ics?lang={lang}" for name in FEEDS for lang in LANGUAGES}
    for event, language in downloads(events):
        addresses[f"event-{event.id}"] = f"/events/{event.id}.ics?lang={language}"
    answers = {name: client.get(address) for name, address in addresses.items()}
    assert {answer.status_code for answer in answers.values()} == {200}
    feeds = {name: answer.text for name, answer in answers.items()}
    return {**feeds, NAMELESS: re.sub("(TZID[:=])", r"\1Calendar/", feeds["all-en"])}


def expectations(events: list[Event]) -> dict[str, list[Expected]]:
    """Return what must be seen in each of the feeds."""
    today = TODAY.date()
    feeds = {f"{name}-{lang}": expected_of(events, name, lang, today) for name in FEEDS for lang in LANGUAGES}
    single = {f"event-{event.id}": [expected_event(event, lang)] for event, lang in downloads(events)}
    return {**feeds, **single, NAMELESS: feeds["all-en"]}


def downloads(events: list[Event]) -> list[tuple[Event, str]]:
    """Return the events that are downloaded too, each in one of the languages."""
    public = [event for event in events if event.visibility == "public" and event.published_at]
    chosen = public[:: len(public) // SINGLE]
    return [(event, LANGUAGES[number % len(LANGUAGES)]) for number, event in enumerate(chosen)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table of what every reader saw."""
    reports = [report for name in ("passed", "failed") for report in terminalreporter.stats.get(name, [])]
    lines = [value for report in reports for key, value in report.user_properties if key == "eyes"]
    if lines:
        terminalreporter.section("events compared/differences (left out, for a known limit of the reader)")
        terminalreporter.write_line(table(sorted(lines)))
