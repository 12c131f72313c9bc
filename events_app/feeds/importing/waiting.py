"""Files that wait between the dry run and the import: kept for a day, for the person alone who sent them."""

import os
import re
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from events_app.events.files import file_content, remove_file, store_file

KEPT = timedelta(days=1)
MOST_WAITING = 5
NAME = re.compile(r"([0-9]{1,10})-([0-9a-f]{64})\.(ics|csv)")


def waiting_folder(instance_path: Path) -> Path:
    """Return where files wait: in the instance folder, outside everything that is served."""
    return instance_path / "imports"


def keep_waiting(folder: Path, person_id: int, ending: str, content: bytes, now: datetime) -> str:
    """Keep a file under a name that says whose it is and what it holds, and return the name; only the newest stay."""
    name = _name(person_id, ending, content)
    path = folder / name
    (folder / store_file(folder, content)).replace(path)
    os.utime(path, (now.timestamp(), now.timestamp()))
    own = sorted(folder.glob(f"{person_id}-*"), key=lambda other: (other == path, other.stat().st_mtime))
    for older in own[:-MOST_WAITING]:
        older.unlink(missing_ok=True)
    return name


def waiting_content(folder: Path, person_id: int, name: str) -> bytes | None:
    """Return what waits under a name if this person sent exactly that; None otherwise."""
    match = NAME.fullmatch(name)
    content = file_content(folder, name) if match and match[1] == str(person_id) else None
    if match is None or content is None or _name(person_id, match[3], content) != name:
        return None
    return content


def waiting_digest(name: str) -> str:
    """Return the digest in a name under which something may have waited; empty if it is no such name."""
    match = NAME.fullmatch(name)
    return match[2] if match else ""


def drop_waiting(folder: Path, name: str) -> None:
    """Delete a file that has been imported."""
    if NAME.fullmatch(name):
        remove_file(folder, name)


def forget_waiting_files(folder: Path, now: datetime) -> None:
    """Delete the files that were sent more than a day ago."""
    oldest = (now - KEPT).timestamp()
    for path in folder.glob("*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _name(person_id: int, ending: str, content: bytes) -> str:
    return f"{person_id}-{sha256(b'%d %s ' % (person_id, ending.encode()) + content).hexdigest()}.{ending}"
