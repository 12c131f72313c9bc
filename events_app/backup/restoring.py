"""Restoring a backup: rows and files as they were, everybody signed out, every letter stopped."""

import os
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, Table, delete, exists, func, select, text
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from events_app.backup.archive import FOLDERS, Archive, understood
from events_app.backup.errors import BackupRefusedError, NotEmptyError, OtherRevisionError, WorkerAtWorkError
from events_app.backup.rows import insert_lines
from events_app.events.actions.silence import forget_silence, store_silence
from events_app.events.models import Event
from events_app.mail.actions.restoring import note_restoration
from events_app.mail.models import Heartbeat, OutboxMessage
from events_app.people.models import Person, SignInLink, SignInRequest, SignInSession
from events_app.shared.database import Base
from events_app.worker.lock import take_lock

HOLDING = (Person, Event, OutboxMessage)
FORGOTTEN = (SignInSession, SignInLink, SignInRequest, Heartbeat)


@dataclass(frozen=True)
class Restored:
    """How many rows and files came back, and how many letters were stopped."""

    rows: int
    files: int
    stopped: int


def check_revision(archive: Archive, wanted: str) -> None:
    """Refuse a backup of another release, or with other tables; raises OtherRevisionError, BackupRefusedError."""
    if archive.manifest.revision != wanted:
        raise OtherRevisionError(archive.manifest.revision, wanted)
    if set(archive.manifest.rows) != set(Base.metadata.tables):
        raise BackupRefusedError("it has other tables")


def check_that_nobody_works(engine: Engine, instance_path: Path) -> None:
    """Refuse to go on while a worker is alive: it would note what it sent on rows that are others by then."""
    with Session(engine) as session:
        owners = session.scalars(select(Heartbeat.owner)).all()
    lock = take_lock(engine, instance_path)
    try:
        for owner in owners:
            with lock.over(owner) as is_dead:
                if not is_dead:
                    raise WorkerAtWorkError(owner)
    finally:
        lock.release()


def restore_backup(
    session: Session, archive: Archive, instance_path: Path, now: datetime, *, replace: bool
) -> Restored:
    """Put everything back in the transaction at hand; raises NotEmptyError (unless `replace`), BackupRefusedError.

    Sessions and sign-in links do not come back: some were ended since.
    """
    if not replace and holds_data(session):
        raise NotEmptyError
    for table in reversed(Base.metadata.sorted_tables):
        session.execute(delete(table))
    rows = sum(_restored_table(session, archive, table) for table in Base.metadata.sorted_tables)
    for model in FORGOTTEN:
        session.execute(delete(model))
    store_silence(session, archive.manifest.taken_at)
    forget_silence(session, now)
    stopped = note_restoration(session, archive.manifest.taken_at, now)
    return Restored(rows, _restored_files(archive, instance_path), stopped)


def drop_other_files(archive: Archive, instance_path: Path) -> None:
    """Delete the kept files that the backup does not know; to be called when everything else is saved."""
    known = set(archive.files())
    for folder in FOLDERS:
        for path in (instance_path / folder).glob("*"):
            if (folder, path.name) not in known:
                path.unlink(missing_ok=True)


def holds_data(session: Session) -> bool:
    """Return whether there are people, events or letters; facts of the data files do not count."""
    return any(session.scalar(select(exists(select(model.id)))) for model in HOLDING)


def _restored_table(session: Session, archive: Archive, table: Table) -> int:
    try:
        with understood(), closing(archive.lines(table.name)) as lines:
            count = insert_lines(session, table, lines)
    except (IntegrityError, DataError) as error:
        raise BackupRefusedError(f"the rows of {table.name} do not fit ({error.orig})") from error
    if count != archive.manifest.rows[table.name]:
        raise BackupRefusedError(f"rows of {table.name} are missing")
    _go_on_counting(session, table)
    return count


def _go_on_counting(session: Session, table: Table) -> None:
    """Let PostgreSQL number new rows after the restored ones; SQLite does so by itself."""
    column = table.autoincrement_column
    if column is None or session.get_bind().dialect.name != "postgresql":
        return
    sequence = func.pg_get_serial_sequence(table.name, column.name)
    session.execute(select(func.setval(sequence, func.coalesce(func.max(column), 0) + 1, text("false"))))


def _restored_files(archive: Archive, instance_path: Path) -> int:
    found = archive.files()
    for folder, name in found:
        with understood():
            content = archive.content(folder, name)
        _write(instance_path / folder, name, content)
    return len(found)


def _write(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = folder / f"{name}.part"
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / name)
