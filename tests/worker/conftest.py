"""The worker's tests ask for what the tests of the post ask for, and for workers."""

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from events_app.mail.smtp import SmtpPost
from events_app.shared.clock import StoppedClock
from events_app.worker.loop import Worker

post_fixtures = runpy.run_path(str(Path(__file__).parents[1] / "mail" / "conftest.py"))
clock = post_fixtures["clock"]
engine = post_fixtures["engine"]
step = post_fixtures["step"]
meeting = post_fixtures["meeting"]
change_meeting = post_fixtures["change_meeting"]
reminder = post_fixtures["reminder"]
sign_in_link = post_fixtures["sign_in_link"]
put = post_fixtures["put"]
stored = post_fixtures["stored"]
start_mail_server = post_fixtures["start_mail_server"]
mail_server = post_fixtures["mail_server"]


def no_letters(session: Any, now: Any) -> int:
    return 0


def write_plainly(session: Any, message: Any, now: Any) -> bytes:
    return f"Message-ID: {message.message_id}\r\nDate: {now}\r\n\r\nAt ten.\r\n".encode()


@pytest.fixture
def start_worker(
    engine: Engine, clock: StoppedClock, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Worker]]:
    """Start a worker that derives nothing and sends to the mail server; told otherwise by its fields."""
    workers: list[Worker] = []

    def start(**changes: Any) -> Worker:
        usual: dict[str, Any] = {
            "engine": engine,
            "derive": no_letters,
            "write": write_plainly,
            "clock": clock,
            "instance_path": tmp_path,
        }
        if "post" not in changes:
            port = request.getfixturevalue("mail_server").port
            usual["post"] = SmtpPost("127.0.0.1", port, "partners@calendar.example")
        workers.append(Worker(**{**usual, **changes}))
        return workers[-1]

    yield start
    for worker in workers:
        worker.close()


@pytest.fixture
def worker(start_worker: Callable[..., Worker]) -> Worker:
    return start_worker()
