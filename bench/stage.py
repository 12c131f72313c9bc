"""The stage of the measurements: an installation with two hundred events, called without a network in between."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from sqlalchemy import event as listening
from sqlalchemy.orm import Session
from werkzeug.test import EnvironBuilder

from events_app.app import create_app
from events_app.config import Settings
from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event, create_event
from events_app.events.facts import load_event_facts, read_event_facts
from events_app.events.models import Event
from events_app.events.rules.details import AgendaPoint, EventDetails, details_of
from events_app.events.rules.life import CONFIRM
from events_app.extensions import db, limiter
from events_app.feeds.actions import create_link
from events_app.feeds.choices import FeedChoice
from events_app.feeds.kept import KeptFeeds
from events_app.feeds.pieces import kept_bytes
from events_app.partnership.facts import load_partnership_facts, read_partnership_facts
from events_app.partnership.queries import partnership
from events_app.people.actions import add_person
from events_app.shared.clock import StoppedClock
from events_app.shared.database import Base

EVENTS = 200
BASE = "https://calendar.example"
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
FIRST = date(2026, 1, 13)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Answer:
    """What came back: the status, how many octets head and body have, and the ETag."""

    status: int
    head: int
    body: int
    etag: str

    @property
    def octets(self) -> int:
        """All that would go over the line, but for what a server adds (Date, Server)."""
        return self.head + self.body


@dataclass(frozen=True)
class Stage:
    """An application with its events; `personal` is the address of a secretary's feed of everything."""

    app: Flask
    clock: StoppedClock
    personal: str
    statements: list[str]

    def ask(self, path: str, **headers: str) -> Callable[[], Answer]:
        """Return what sends one GET through the WSGI application; headers as `if_none_match="..."`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        environ = EnvironBuilder(path, BASE, headers=named).get_environ()
        return lambda: _answer(self.app, dict(environ))

    def forget(self) -> None:
        """Forget all that is kept in memory of feeds, as after a start."""
        self.app.extensions["kept_feeds"] = KeptFeeds()
        kept_bytes.cache_clear()

    def change_one(self) -> None:
        """Change the theme of one event, as a secretary would."""
        now = self.clock.advance(SECOND)
        with self.app.app_context(), Session(db.engine) as session:
            event = session.get_one(Event, EVENTS // 2)
            change_event(session, event, replace(details_of(event), theme=f"As of {now:%H:%M:%S}"), event.version, now)
            session.commit()

    def pause(self) -> None:
        """Let the counter of fetches per minute begin anew."""
        limiter.reset()


@contextmanager
def stage() -> Iterator[Stage]:
    """Set up an installation in a folder of its own, and take it down."""
    with TemporaryDirectory() as folder:
        clock = StoppedClock(NOW)
        app = create_app(Settings(instance_path=Path(folder), secret_key="for figures only", base_url=BASE), clock)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            with Session(db.engine) as session:
                token = furnish(session, clock)
                session.commit()
            statements: list[str] = []
            listening.listen(db.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
        yield Stage(app, clock, f"/feeds/{token}.ics", statements)
        with app.app_context():
            db.engine.dispose()


def furnish(session: Session, clock: StoppedClock) -> str:
    """Write facts, events and a personal link; return its token."""
    load_partnership_facts(session, read_partnership_facts())
    load_event_facts(session, read_event_facts())
    session.flush()
    facts = partnership(session)
    for number in range(EVENTS):
        event = create_event(session, _details(number), "calendar.example", clock.now(), facts=facts)
        take_step(session, event, CONFIRM, event.starts_at - timedelta(days=90))
        event.modified_at = event.changed_at = clock.now()
    secretary = add_person(session, "clara@section.example", "Clara", clock.now(), is_secretary=True)
    return create_link(session, secretary.id, "All meetings", FeedChoice(), clock.now())[1]


def _details(number: int) -> EventDetails:
    """Return a meeting of one group or the other, a text of usual length and an agenda on every third."""
    day = FIRST + timedelta(days=4 * number)
    group = ("mediterranean", "asian")[number % 2]
    agenda = (AgendaPoint(day, time(10), "Opening", "The Chair"), AgendaPoint(day, time(10, 30), "Discussion"))
    return EventDetails(
        "contact-group-meeting", day, day, "public", time(10), time(13), group_keys=(group,),
        theme=f"Water, energy and the seasons, part {number}", place="Hofburg, Neuer Saal",
        description="Delegations are asked to register by the end of the week before. " * 5,
        agenda=agenda if number % 3 == 0 else (),
    )  # fmt: skip


def _answer(app: Flask, environ: dict[str, Any]) -> Answer:
    started: list[Any] = []
    body = app(environ, lambda *call: started.append(call))
    try:
        octets = sum(map(len, body))
    finally:
        getattr(body, "close", lambda: None)()
    status, headers = started[0][:2]
    head = len(f"HTTP/1.1 {status}\r\n\r\n") + sum(len(f"{name}: {value}\r\n") for name, value in headers)
    return Answer(int(status.split()[0]), head, octets, dict(headers).get("ETag", ""))
