"""Taking a backup: everything as it was at one instant, while web and worker go on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Connection, Engine, Table

from events_app.backup.archive import FILE, FOLDERS, MANIFEST, Manifest, table_name
from events_app.backup.errors import FileExistsAlreadyError
from events_app.backup.rows import lines_of
from events_app.shared.database import Base


@dataclass(frozen=True)
class Taken:
    """How many rows and files a backup holds."""

    rows: int
    files: int


def take_backup(engine: Engine, instance_path: Path, path: Path, revision: str, now: datetime) -> Taken:
    """Write the data of an installation into a new file that only its owner may read; raises FileExistsAlreadyError."""
    with _new_file(path) as unfinished, ZipFile(unfinished, "w", ZIP_DEFLATED) as file:
        with _snapshot(engine) as connection:
            rows = {table.name: _write_table(file, connection, table) for table in Base.metadata.sorted_tables}
        kept = [_write_file(file, kept, instance_path) for kept in _kept_files(instance_path)]
        file.writestr(MANIFEST, Manifest(revision, now, rows).as_json())
    return Taken(sum(rows.values()), sum(kept))


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    if path.exists():
        raise FileExistsAlreadyError(path)
    unfinished = path.with_name(f"{path.name}.part")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    # One transaction sees one state: of itself with SQLite's WAL, asked for it with PostgreSQL.
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def _write_table(file: ZipFile, connection: Connection, table: Table) -> int:
    count = 0
    with file.open(table_name(table.name), "w", force_zip64=True) as rows:
        for line in lines_of(connection, table):
            rows.write(line)
            count += 1
    return count


def _kept_files(instance_path: Path) -> list[Path]:
    found = (path for folder in FOLDERS for path in sorted((instance_path / folder).glob("*")))
    return [path for path in found if FILE.fullmatch(f"{path.parent.name}/{path.name}")]


def _write_file(file: ZipFile, kept: Path, instance_path: Path) -> bool:
    """Add a kept file; return whether it was still there."""
    try:
        content = kept.read_bytes()
    except FileNotFoundError:
        return False
    file.writestr(str(kept.relative_to(instance_path)), content)
    return True
