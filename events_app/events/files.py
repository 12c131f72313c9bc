"""Uploaded files on disk: in a folder that no web server shows, under random names that say nothing."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def stored_file(folder: Path, content: bytes) -> Iterator[str]:
    """Store content under a random name, which is given; the file goes again if what follows fails."""
    name = store_file(folder, content)
    try:
        yield name
    except BaseException:
        remove_file(folder, name)
        raise


def store_file(folder: Path, content: bytes) -> str:
    """Write content to disk, whole or not at all, and return the random name it has there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = secrets.token_hex(16)
    unfinished = folder / f"{name}.part"
    try:
        _write(unfinished, content)
        unfinished.replace(folder / name)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _settle(folder)
    return name


def file_content(folder: Path, name: str) -> bytes | None:
    """Return what is stored under a name; None if nothing is."""
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError:
        return None


def remove_file(folder: Path, name: str) -> None:
    """Delete what is stored under a name, if it is still there."""
    (folder / name).unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Have the folder's own entry written too, so that a new name outlives a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
