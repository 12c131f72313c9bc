"""What the tests of planning ask for."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from sqlalchemy import Engine
from sqlalchemy.event import listen, remove


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
