"""What tests of failing servers and killed workers ask for: what the worker's tests do, and processes to be killed."""

import json
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from events_app.mail.models import IN_DOUBT, OutboxAttempt, OutboxMessage
from events_app.mail.smtp import SmtpPost
from events_app.shared.clock import StoppedClock
from events_app.worker.loop import Worker
from tests.faults.server.nursery import Job
from tests.faults.server.sink import Sink

ROOT = Path(__file__).parents[3]
worker_fixtures = runpy.run_path(str(ROOT / "tests" / "worker" / "conftest.py"))
for name in (
    "clock", "engine", "step", "meeting", "change_meeting", "reminder",
    "sign_in_link", "put", "stored", "start_mail_server", "mail_server", "start_worker", "worker",
):  # fmt: skip
    globals()[name] = worker_fixtures[name]


class Nursery:
    """Starts workers as processes, and ends them."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.faults.server.nursery"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.living: set[int] = set()

    def start(self, job: Job) -> int:
        """Start a worker and return its process id."""
        child = self._ask(asdict(job))
        self.living.add(child)
        return child

    def wait(self, child: int) -> int:
        """Wait until a worker ends; return its exit status, or the signal that ended it, negative."""
        self.living.discard(child)
        return os.waitstatus_to_exitcode(self._ask({"wait": child}))

    def kill(self, child: int) -> None:
        """End a worker with kill -9 and wait until it is gone."""
        os.kill(child, signal.SIGKILL)
        assert self.wait(child) == -signal.SIGKILL

    def close(self) -> None:
        """End all that is left."""
        for child in list(self.living):
            self.kill(child)
        self.process.communicate()

    def _ask(self, values: dict[str, Any]) -> int:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(values) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@pytest.fixture(scope="session")
def shared_nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
def nursery(shared_nursery: Nursery) -> Iterator[Nursery]:
    """Processes that all end with the test."""
    yield shared_nursery
    for child in list(shared_nursery.living):
        shared_nursery.kill(child)


@pytest.fixture
def job(engine: Engine, clock: StoppedClock, tmp_path: Path) -> Callable[..., Job]:
    """Describe one pass of a worker on the test's database at the test's instant; told otherwise by its fields."""

    def describe(port: int, **changes: Any) -> Job:
        url = engine.url.render_as_string(hide_password=False)
        return Job(**{"url": url, "instance": str(tmp_path), "port": port, "now": clock.now().isoformat(), **changes})

    return describe


@pytest.fixture
def sink() -> Iterator[Sink]:
    sink = Sink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def outbox(engine: Engine) -> Callable[[], dict[str, str]]:
    """Return the state of every letter by its Message-ID."""

    def states() -> dict[str, str]:
        with Session(engine) as session:
            return dict(session.execute(select(OutboxMessage.message_id, OutboxMessage.state)).all())  # type: ignore[arg-type]

    return states


@pytest.fixture
def doubted(engine: Engine) -> Callable[[], set[str]]:
    """Return the Message-IDs of all letters that ever were in doubt."""

    def ever() -> set[str]:
        doubts = select(OutboxAttempt.outbox_message_id).where(OutboxAttempt.outcome == IN_DOUBT)
        with Session(engine) as session:
            return set(session.scalars(select(OutboxMessage.message_id).where(OutboxMessage.id.in_(doubts))))

    return ever


@pytest.fixture
def rescuer(start_worker: Callable[..., Worker], sink: Sink) -> Worker:
    """A worker that sends to the sink and comes to no harm."""
    return start_worker(post=SmtpPost("127.0.0.1", sink.port, "partners@calendar.example"))


@pytest.fixture
def wait_until_noticed(rescuer: Worker) -> Callable[[set[str]], None]:
    """Wait until the database server has noticed that its clients are gone; the operating system knows at once."""

    def wait(owners: set[str]) -> None:
        for owner in owners:
            for _ in range(200):
                with rescuer.lock.over(owner) as is_dead:
                    if is_dead:
                        break
                sleep(0.02)

    return wait
