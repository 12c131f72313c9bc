"""Mail that a person has to look at, kept as files; how much of it is bounded."""

import os
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from events_app.mail.incoming.raw import RawMail

MOST_FILES = 2_000
MOST_OCTETS = 500_000_000
NAME_LENGTH = 40
# Written before the row that names it is committed.
GRACE = timedelta(hours=1)


def keep_mail(folder: Path, mail: RawMail, now: datetime) -> str:
    """Keep a mail and return the name of its file; empty if there is no room left."""
    name = f"{mail.digest[:NAME_LENGTH]}.eml"
    folder.mkdir(parents=True, exist_ok=True)
    sizes = [path.stat().st_size for path in folder.iterdir()]
    if len(sizes) >= MOST_FILES or sum(sizes) + len(mail.content) > MOST_OCTETS:
        return ""
    whole, unfinished = folder / name, folder / f"{name}.{os.getpid()}"
    unfinished.write_bytes(mail.content)
    os.utime(unfinished, (now.timestamp(), now.timestamp()))
    unfinished.replace(whole)
    return name


def kept_mail(folder: Path, name: str) -> bytes | None:
    """Return the bytes of a mail that was kept under a name of ours; None if it is gone."""
    path = folder / Path(name).name
    return path.read_bytes() if name and path.is_file() else None


def forget_kept_mail(folder: Path, names: Collection[str], now: datetime) -> None:
    """Delete the files that none of the names in use names any more."""
    if folder.is_dir():
        for path in folder.iterdir():
            if path.name not in names and path.stat().st_mtime < (now - GRACE).timestamp():
                path.unlink(missing_ok=True)
