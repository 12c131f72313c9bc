"""Who is alive: a worker holds a lock that the operating system or PostgreSQL takes away when it dies.

No clock is asked, so a worker that is slow, or whose clock is wrong, is never taken for dead.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from sqlalchemy import Connection, Engine, create_engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

FOLDER, SUFFIX = "workers", ".lock"


class WorkerLock(Protocol):
    """The lock of one worker, under a name (`owner`) that is never used again."""

    owner: str

    def is_held(self) -> bool:
        """Return whether the lock is still ours."""
        ...

    def over(self, owner: str) -> AbstractContextManager[bool]:
        """Hold another worker's lock for a moment; true if it could be taken, because that worker is dead."""
        ...

    def release(self) -> None:
        """Give the lock back."""
        ...


def take_lock(engine: Engine, instance_path: Path) -> WorkerLock:
    """Return a fresh lock: in the database if that is PostgreSQL, else as a file in the instance folder."""
    owner = f"{os.getpid()}-{uuid4().hex[:12]}"
    if engine.dialect.name == "postgresql":
        # A connection of its own: it lives as long as the worker, and never goes back to others.
        own = create_engine(engine.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        return AdvisoryLock(own.connect(), owner)
    return FileLock(instance_path / FOLDER, owner)


class FileLock:
    """A lock for workers of one host: a file that the living worker has locked."""

    def __init__(self, folder: Path, owner: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.owner = folder, owner
        self._sweep()
        self._file = _locked_file(self._path(owner))

    def is_held(self) -> bool:
        """Return whether the file is still there and ours."""
        return self._file is not None and _is_same(self._file, self._path(self.owner))

    @contextmanager
    def over(self, owner: str) -> Iterator[bool]:
        """Try to lock the file of another worker; a file that was locked is removed afterwards."""
        path = self._path(owner)
        file = None if owner == self.owner else _locked_file(path)
        try:
            yield file is not None
        finally:
            _unlock(file, path)

    def release(self) -> None:
        """Unlock and remove the file."""
        _unlock(self._file, self._path(self.owner))
        self._file = None

    def _path(self, owner: str) -> Path:
        return self.folder / f"{owner}{SUFFIX}"

    def _sweep(self) -> None:
        for path in self.folder.glob(f"*{SUFFIX}"):
            _unlock(_locked_file(path), path)


class AdvisoryLock:
    """A lock for workers of one database: a session advisory lock on a connection kept open for it."""

    def __init__(self, connection: Connection, owner: str) -> None:
        self.owner, self._connection = owner, connection
        self._session_id = connection.scalar(select(func.pg_backend_pid()))
        self._try(owner)

    def is_held(self) -> bool:
        """Return whether the session that holds the lock still exists (one that reconnected is another)."""
        try:
            return self._connection.scalar(select(func.pg_backend_pid())) == self._session_id
        except SQLAlchemyError:
            return False

    @contextmanager
    def over(self, owner: str) -> Iterator[bool]:
        """Try to take the advisory lock of another worker."""
        is_dead = owner != self.owner and self._try(owner)
        try:
            yield is_dead
        finally:
            if is_dead:
                self._connection.scalar(select(func.pg_advisory_unlock(_key(owner))))

    def release(self) -> None:
        """Unlock and give the connection back."""
        with suppress(SQLAlchemyError):
            self._connection.scalar(select(func.pg_advisory_unlock_all()))
        self._connection.close()

    def _try(self, owner: str) -> bool:
        return bool(self._connection.scalar(select(func.pg_try_advisory_lock(_key(owner)))))


def _key(owner: str) -> int:
    return int.from_bytes(sha256(owner.encode()).digest()[:8], signed=True)


def _locked_file(path: Path) -> int | None:
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    if _is_same(file, path):
        return file
    # Somebody removed the file between opening and locking: what we hold is invisible to others.
    os.close(file)
    return _locked_file(path)


def _is_same(file: int, path: Path) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(file), path.stat())
    return False


def _unlock(file: int | None, path: Path) -> None:
    if file is not None:
        path.unlink(missing_ok=True)
        os.close(file)
