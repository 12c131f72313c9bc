"""Where workers to be killed are born: a process that has read all modules and forks a worker for every line it reads.

A line is the JSON of a Job; the answer is the worker's process id. `{"wait": id}` answers with what a worker ended by.
"""

import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.event import listen
from sqlalchemy.orm import Session, configure_mappers

from events_app.mail.smtp import SmtpPost
from events_app.shared.database import prepare_engine
from events_app.worker.loop import Worker


@dataclass(frozen=True)
class Job:
    """What a worker is to do: for ever, or one pass; killed before or after its n-th commit, if n is not 0.

    Its clock shows `now`, and goes `pace` times as fast as the machine's, counted from its monotonic `origin`.
    """

    url: str
    instance: str
    port: int
    now: str
    origin: float = 0.0
    pace: float = 0.0
    commit: int = 0
    is_before: bool = False
    is_endless: bool = False


class PacedClock:
    """A clock that stands, or runs faster than the machine's."""

    def __init__(self, starts_at: datetime, origin: float, pace: float) -> None:
        self.starts_at, self.origin, self.pace = starts_at.astimezone(UTC), origin, pace

    def now(self) -> datetime:
        return self.starts_at + self.pace * timedelta(seconds=time.monotonic() - self.origin)


def main() -> None:
    configure_mappers()  # what every child would have to do again
    for line in sys.stdin:
        values = json.loads(line)
        answer = os.waitpid(values["wait"], 0)[1] if "wait" in values else born(Job(**values))
        print(answer, flush=True)


def born(job: Job) -> int:
    child = os.fork()
    if child == 0:
        try:
            work(job)
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    return child


def work(job: Job) -> None:
    if job.commit:
        end_at_commit(job)
    worker = Worker(
        engine=engine_for(job.url),
        post=SmtpPost("127.0.0.1", job.port, "partners@calendar.example"),
        derive=lambda session, now: 0,
        write=lambda session, message, now: f"Message-ID: {message.message_id}\r\n\r\nAt ten.\r\n".encode(),
        clock=PacedClock(datetime.fromisoformat(job.now), job.origin, job.pace),
        instance_path=Path(job.instance),
    )
    worker.run_pass()
    while job.is_endless:
        time.sleep(0.05)
        worker.run_pass()
    worker.close()


def engine_for(url):
    engine = prepare_engine(create_engine(url))
    if engine.dialect.name == "sqlite":
        # Tests kill processes, never the machine.
        listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return engine


def end_at_commit(job: Job) -> None:
    """Let the process kill itself (-9) right before or right after its n-th commit."""
    seen = []

    def count(session: Session) -> None:
        seen.append(1)
        if len(seen) == job.commit:
            os.kill(os.getpid(), signal.SIGKILL)

    listen(Session, "before_commit" if job.is_before else "after_commit", count)


if __name__ == "__main__":
    main()
