"""How many letters go out in a second, beside a bare smtplib loop sending the same bytes; figures of one run.

Other work on the machine counts, and those of another run or machine say nothing: compare the last column.
PostgreSQL is measured if TEST_POSTGRESQL_URL, or the server of this machine, answers.
"""

import os
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import uuid4

from sqlalchemy import Engine, create_engine, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from events_app.app import create_worker
from events_app.config import Settings
from events_app.mail.actions import NewLetter, enqueue
from events_app.mail.message import Letter, Mailbox, letter_bytes
from events_app.mail.models import SENT, OutboxMessage
from events_app.shared.clock import StoppedClock
from events_app.shared.database import Base, prepare_engine

ROOT = Path(__file__).parents[1]
LETTERS = 500
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
FROM = "partners@calendar.example"
SERVER = os.environ.get("TEST_POSTGRESQL_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


@dataclass(frozen=True)
class Case:
    """A database and how many workers empty its outbox together."""

    database: str
    workers: int


def main() -> None:
    """Print the table."""
    cases = [Case(database, workers) for database in ("sqlite", "postgresql") for workers in (1, 2)]
    with sink() as port:
        bare = LETTERS / seconds_of_a_bare_loop(port)
        print(f"{LETTERS} letters of {len(rendered('x'))} octets\n")
        print(f"{'':34}{'a second':>10}{'  of the bare loop':>18}")
        print(f"{'smtplib, one connection':34}{bare:>10.0f}{'1':>18}")
        floor = LETTERS / seconds_of_commits()
        print(f"{'two commits a letter, no letters':34}{floor:>10.0f}{floor / bare:>18.2f}")
        for case in cases:
            try:
                ours = LETTERS / seconds_of(case, port)
            except OperationalError:
                print(f"{case.database}: no server answers")
                continue
            name = f"{case.database}, {case.workers} worker{'s' * (case.workers > 1)}"
            print(f"{name:34}{ours:>10.0f}{ours / bare:>18.2f}")


@contextmanager
def sink() -> Iterator[int]:
    """Run a mail server that takes everything, in a process of its own; give its port."""
    command = [sys.executable, "-m", "tests.faults.server.sink"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


def rendered(message_id: str) -> bytes:
    """Return a letter of usual length."""
    line = "The meeting of the Contact Group is on Tuesday at ten in the Hofburg. "
    letter = Letter(
        message_id, Mailbox(FROM, "Partnership Calendar"), Mailbox("anna@delegations.example", "Anna"),
        "Tomorrow: Contact Group", line * 20, f"<p>{line * 40}</p>", "en", NOW,
    )  # fmt: skip
    return letter_bytes(letter)


BYTES = rendered("<of-all-letters@calendar.example>")


def seconds_of_a_bare_loop(port: int) -> float:
    """Send the letters with nothing but smtplib."""
    start = perf_counter()
    server = smtplib.SMTP("127.0.0.1", port, "localhost")
    for number in range(LETTERS):
        server.sendmail(FROM, [f"reader{number}@delegations.example"], BYTES)
    server.quit()
    return perf_counter() - start


def seconds_of_commits() -> float:
    """Only commit, twice for each letter as the outbox must: before the final dot, and after the answer to it."""
    with TemporaryDirectory() as folder:
        engine = prepare_engine(create_engine(f"sqlite:///{folder}/commits.sqlite"))
        with engine.connect() as connection:
            connection.exec_driver_sql("CREATE TABLE mark (letter INTEGER)")
            connection.commit()
            start = perf_counter()
            for number in range(2 * LETTERS):
                connection.exec_driver_sql("INSERT INTO mark VALUES (?)", (number,))
                connection.commit()
        engine.dispose()
        return perf_counter() - start


def seconds_of(case: Case, port: int) -> float:
    """Fill an outbox and let the workers empty it; measured from the moment when all of them are ready."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        url = stack.enter_context(database(case.database, folder))
        settings = Settings(
            database_url=url, smtp_url=f"smtp://127.0.0.1:{port}", secret_key="bench", instance_path=folder
        )
        fill(settings)
        return emptied(settings, case.workers)


@contextmanager
def database(sort: str, folder: Path) -> Iterator[str]:
    """Give the address of a database of its own."""
    if sort == "sqlite":
        yield f"sqlite:///{folder / 'events.sqlite'}"
        return
    server, name = create_engine(SERVER, isolation_level="AUTOCOMMIT"), f"bench_{uuid4().hex[:12]}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield server.url.set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()


def fill(settings: Settings) -> None:
    """Put the letters into a fresh outbox."""
    engine = opened(settings)
    Base.metadata.create_all(engine)
    letter = NewLetter("", "event-reminder", "", NOW)
    letters = (
        replace(letter, dedupe_key=str(number), address=f"reader{number}@delegations.example")
        for number in range(LETTERS)
    )
    with Session(engine) as session, session.begin():
        enqueue(session, letters, "bench", NOW, host="calendar.example")
    engine.dispose()


def emptied(settings: Settings, workers: int) -> float:
    """Return the seconds that so many worker processes take, without those of their starting."""
    context = get_context("spawn")
    ready = context.Barrier(workers + 1)
    processes = [context.Process(target=work, args=(settings, ready)) for _ in range(workers)]
    for process in processes:
        process.start()
    ready.wait(120)
    start = perf_counter()
    for process in processes:
        process.join()
    taken = perf_counter() - start
    engine = opened(settings)
    with Session(engine) as session:
        assert session.scalar(select(func.count()).where(OutboxMessage.state == SENT)) == LETTERS
    engine.dispose()
    return taken


def work(settings: Settings, ready: "Barrier") -> None:  # type: ignore[name-defined]  # noqa: F821
    """Be a worker as `create_worker` makes it, with letters that are written already: a pass, and no more."""
    with create_worker(settings, StoppedClock(NOW)) as worker:
        worker.derive, worker.write = lambda session, now: 0, lambda session, message, now: BYTES
        ready.wait(120)
        worker.run_pass()


def opened(settings: Settings) -> Engine:
    """Return an engine as the application makes it."""
    return prepare_engine(create_engine(settings.database_address))


if __name__ == "__main__":
    main()
