"""What the tests of the post ask for: real databases, a meeting, letters, a real mail server."""

import asyncio
import shutil
import socket
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Event as Signal
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from events_app.events.actions.writing import create_event
from events_app.events.models import Event
from events_app.events.rules.details import EventDetails
from events_app.mail.actions import NewLetter, enqueue
from events_app.mail.models import OutboxMessage
from events_app.people.models import Person
from events_app.shared.clock import StoppedClock

NOW = datetime(2027, 2, 23, 8, 0, tzinfo=UTC)
EMPTIED = (
    "restoration",
    "trail_entry",
    "incoming_mail",
    "mailbox_state",
    "outbox_message",
    "heartbeat",
    "suppressed_address",
    "relay_state",
    "event",
    "person",
)
SECRET, HOST = "for tests only", "calendar.example"


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(NOW)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(
    request: pytest.FixtureRequest, tmp_path: Path, blank_database: Path, open_file: Callable[[Path], Engine]
) -> Iterator[Engine]:
    """An empty database of each sort."""
    if request.param == "sqlite":
        path = tmp_path / "events.sqlite"
        shutil.copy(blank_database, path)
        engine = open_file(path)
    else:
        engine = request.getfixturevalue("postgresql").execution_options()
        with engine.begin() as connection:
            connection.exec_driver_sql("; ".join(f"DELETE FROM {table}" for table in EMPTIED))
    yield engine
    engine.dispose()


@pytest.fixture
def step(engine: Engine) -> Callable[[], AbstractContextManager[Session]]:
    """Open a transaction that writes, as the worker does; committed at the end."""

    @contextmanager
    def opened() -> Iterator[Session]:
        writing = engine.execution_options(writes=True)
        with Session(writing, expire_on_commit=False) as session, session.begin():
            yield session

    return opened


@pytest.fixture
def meeting(step: Any) -> Event:
    """A confirmed meeting on 2 March 2027, 10:00 in Vienna."""
    day = date(2027, 3, 2)
    details = EventDetails(
        kind_key="contact-group-meeting",
        group_keys=("mediterranean",),
        starts_on=day,
        ends_on=day,
        start_time=time(10),
        end_time=time(13),
        time_zone="Europe/Vienna",
        visibility="public",
    )
    with step() as session:
        event = create_event(session, details, HOST, NOW)
        event.status = "confirmed"
    return event


@pytest.fixture
def change_meeting(step: Any, meeting: Event) -> Callable[..., None]:
    """Change columns of the meeting."""

    def change(**values: Any) -> None:
        with step() as session:
            stored = session.get_one(Event, meeting.id)
            for name, value in values.items():
                setattr(stored, name, value)

    return change


@pytest.fixture
def reader(step: Any) -> Person:
    person = Person(email="reader@delegations.example", name="Reader", created_at=NOW)
    with step() as session:
        session.add(person)
    return person


@pytest.fixture
def reminder(meeting: Event) -> Callable[..., NewLetter]:
    """Return a reminder of the meeting that is due now, to `<name>@delegations.example`."""

    def build(name: str = "anna", **changes: Any) -> NewLetter:
        usual: dict[str, Any] = {
            "dedupe_key": f"event-reminder/{meeting.id}/7d/2027-03-02T10:00/Europe/Vienna/{name}",
            "letter": "event-reminder",
            "address": f"{name}@delegations.example",
            "due_at": NOW,
            "expires_at": NOW + timedelta(days=7),
            "event_id": meeting.id,
            "sequence": 0,
            "event_start": "2027-03-02T10:00",
            "event_zone": "Europe/Vienna",
            "event_status": "confirmed",
            "facts": {"days_before": 7},
        }
        return NewLetter(**{**usual, **changes})

    return build


@pytest.fixture
def sign_in_link() -> Callable[..., NewLetter]:
    """Return a sign-in letter that is due now."""

    def build(name: str = "anna", **changes: Any) -> NewLetter:
        usual: dict[str, Any] = {
            "dedupe_key": f"sign-in-link/{name}",
            "letter": "sign-in-link",
            "address": f"{name}@delegations.example",
            "due_at": NOW,
            "expires_at": NOW + timedelta(minutes=30),
        }
        return NewLetter(**{**usual, **changes})

    return build


@pytest.fixture
def put(step: Any, clock: StoppedClock) -> Callable[..., int]:
    """Put letters into the outbox; return how many were new."""

    def into_the_outbox(*letters: NewLetter) -> int:
        with step() as session:
            return enqueue(session, letters, SECRET, clock.now(), host=HOST)

    return into_the_outbox


@pytest.fixture
def stored(engine: Engine) -> Callable[..., Any]:
    """Return the letters in the outbox by the name in their address, or the one that is asked for."""

    def letters(name: str = "") -> Any:
        with Session(engine) as session:
            rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
        by_name = {row.address.partition("@")[0]: row for row in rows}
        return by_name[name] if name else by_name

    return letters


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class MailServer:
    """A mail server on loopback that answers as told and remembers what it took."""

    def __init__(self, **options: Any) -> None:
        self.letters: list[tuple[str, bytes]] = []
        self.answers: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.quit_answer = "221 Bye"
        self.connections = 0
        self.in_data = Signal()
        self.is_stalling = False
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, server_hostname="test", **options)

    def start(self) -> None:
        self._controller.start()
        self.connections = 0

    def stop(self) -> None:
        self.is_stalling = False
        self._controller.stop()

    @property
    def addresses(self) -> list[str]:
        return [address for address, _ in self.letters]

    def answer(self, command: str, reply: str, address: str = "", times: int = 1000) -> None:
        """Answer a command (about an address; empty: any) so for some times."""
        self.answers[command, address] = [reply] * times

    def _prepared(self, command: str, address: str) -> str | None:
        for replies in (self.answers[command, address], self.answers[command, ""]):
            if replies:
                return replies.pop()
        return None

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: Any) -> Any:  # noqa: N802
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        envelope.mail_from = address
        return self._prepared("MAIL", address) or "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        refusal = self._prepared("RCPT", address)
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.in_data.set()
        while self.is_stalling:
            await asyncio.sleep(0.01)
        refusal = self._prepared("DATA", envelope.rcpt_tos[0])
        if refusal is None:
            self.letters.append((envelope.rcpt_tos[0], envelope.original_content))
        return refusal or "250 OK taken"

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        return self.quit_answer


@pytest.fixture
def start_mail_server() -> Iterator[Callable[..., MailServer]]:
    """Start a mail server; it stops after the test."""
    servers: list[MailServer] = []

    def start(**options: Any) -> MailServer:
        server = MailServer(**options)
        server.start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def mail_server(start_mail_server: Callable[..., MailServer]) -> MailServer:
    return start_mail_server()
