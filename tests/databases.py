"""Real databases with tables and facts: a file to be copied for each test, and one on a PostgreSQL server."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, QueuePool, create_engine, make_url, text
from sqlalchemy.event import listen, remove
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from events_app.events.facts import load_event_facts, read_event_facts
from events_app.partnership.facts import load_partnership_facts, read_partnership_facts
from events_app.shared.database import Base, prepare_engine

SERVER = os.environ.get("TEST_POSTGRESQL_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(scope="session")
def blank_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with tables and facts, made once and copied for each test."""
    path = tmp_path_factory.mktemp("blank") / "events.sqlite"
    engine = prepare_engine(create_engine(f"sqlite:///{path}"))
    _furnish(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def open_file() -> Callable[[Path], Engine]:
    """Open a database file, always with the same engine: it keeps the statements that it has compiled."""
    opened: list[Path] = []
    connect = partial(sqlite3.connect, check_same_thread=False)
    engine = prepare_engine(create_engine("sqlite://", creator=lambda: connect(opened[-1]), poolclass=QueuePool))
    # Tests kill processes, never the machine.
    listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))

    def open_one(path: Path) -> Engine:
        engine.dispose()
        opened.append(path)
        with_its_own_listeners = engine.execution_options()
        with_its_own_listeners.url = make_url(f"sqlite:///{path}")
        return with_its_own_listeners

    return open_one


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Engine]:
    """A throwaway PostgreSQL database with tables and facts."""
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    name = f"letters_{uuid4().hex[:12]}"
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
            connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit TO off"))
    except OperationalError:
        server.dispose()
        pytest.skip("no PostgreSQL server answers")
    engine = prepare_engine(create_engine(server.url.set(database=name)))
    _furnish(engine)
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def _furnish(engine: Engine) -> None:
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        load_partnership_facts(session, read_partnership_facts())
        load_event_facts(session, read_event_facts())
        session.commit()


@pytest.fixture
def queries(engine: Engine) -> Callable[[], AbstractContextManager[list[str]]]:
    """Collect the statements that the database is asked."""

    @contextmanager
    def collecting() -> Iterator[list[str]]:
        asked: list[str] = []

        def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
            if statement != "BEGIN":
                asked.append(statement)

        listen(engine, "before_cursor_execute", note)
        yield asked
        remove(engine, "before_cursor_execute", note)

    return collecting
