"""What the tests of the facts ask for: a copy of the data files to break, and all rows of the database."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.shared.database import Base
from events_app.shared.datafile import DATA


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """The data files, copied so that they can be changed."""
    return Path(shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("__pycache__")))


@pytest.fixture
def in_file(data_copy: Path) -> Callable[[str, str, str], Path]:
    """Replace the one place where a text stands in a data file."""

    def replace(file: str, was: str, becomes: str) -> Path:
        text = (data_copy / file).read_text(encoding="utf-8")
        assert text.count(was) == 1
        (data_copy / file).write_text(text.replace(was, becomes), encoding="utf-8")
        return data_copy

    return replace


@pytest.fixture
def all_rows() -> Callable[[Session], dict[str, list[Any]]]:
    """Return every row of every table."""

    def dump(session: Session) -> dict[str, list[Any]]:
        session.flush()
        tables = Base.metadata.sorted_tables
        return {t.name: sorted(map(repr, session.connection().execute(select(t)).all())) for t in tables}

    return dump
