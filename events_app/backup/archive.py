"""The file of a backup: a zip with a manifest, the rows of each table, and the kept files. Nothing in it is trusted."""

import json
import re
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from events_app.backup.errors import BackupRefusedError

FORMAT = 1
MANIFEST = "manifest.json"
FOLDERS = ("uploads", "mail-in")
TABLE = re.compile(r"tables/([a-z_]{1,60})\.jsonl")
FILE = re.compile(rf"({'|'.join(FOLDERS)})/([0-9a-f]{{32,64}}(?:\.eml)?)")

UNREADABLE = (BadZipFile, zlib.error, OSError, ValueError, LookupError, EOFError, NotImplementedError, RecursionError)
LARGEST = 4 * 2**30  # octets that a backup may unfold to
LARGEST_FILE = 64 * 2**20
LARGEST_ROW = 64 * 2**20
LARGEST_MANIFEST = 2**20
MOST_ENTRIES = 200_000


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself: the revision of its tables, when it was taken, how many rows each table has."""

    revision: str
    taken_at: datetime
    rows: Mapping[str, int]

    def as_json(self) -> str:
        """Return it as it stands in the archive."""
        values = {"format": FORMAT, "revision": self.revision, "taken_at": self.taken_at.isoformat()}
        return json.dumps({**values, "rows": dict(self.rows)}, indent=2)


@dataclass(frozen=True)
class Archive:
    """A backup that is open for reading, its names and sizes checked."""

    file: ZipFile
    manifest: Manifest

    def lines(self, table: str) -> Generator[bytes, None, None]:
        """Yield the lines of a table; raises BackupRefusedError for one that is far too long."""
        with self.file.open(table_name(table)) as lines:
            while line := lines.readline(LARGEST_ROW + 1):
                if len(line) > LARGEST_ROW:
                    raise BackupRefusedError(f"a row of {table} is too large")
                yield line

    def files(self) -> list[tuple[str, str]]:
        """Return folder and name of every kept file."""
        found = (FILE.fullmatch(name) for name in self.file.namelist())
        return [(match[1], match[2]) for match in found if match]

    def content(self, folder: str, name: str) -> bytes:
        """Return the content of a kept file."""
        return self.file.read(f"{folder}/{name}")


def table_name(table: str) -> str:
    """Return the name under which a table lies in the archive."""
    return f"tables/{table}.jsonl"


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open a backup for reading, its names and sizes checked; raises BackupRefusedError."""
    with understood(), ExitStack() as stack:
        file = stack.enter_context(ZipFile(path))
        _check(file.infolist())
        archive, to_close = Archive(file, _manifest(file)), stack.pop_all()
    with to_close:
        yield archive


@contextmanager
def understood() -> Iterator[None]:
    """Turn whatever goes wrong in reading a backup into BackupRefusedError."""
    try:
        yield
    except UNREADABLE as error:
        raise BackupRefusedError(f"the file is no whole backup ({type(error).__name__}: {error})") from error


def _check(entries: list[ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > MOST_ENTRIES or len(set(names)) < len(names):
        raise BackupRefusedError("it has too many entries, or one twice")
    for entry in entries:
        _check_entry(entry)
    if sum(entry.file_size for entry in entries) > LARGEST:
        raise BackupRefusedError("it is too large")


def _check_entry(entry: ZipInfo) -> None:
    if entry.filename != MANIFEST and not TABLE.fullmatch(entry.filename) and not FILE.fullmatch(entry.filename):
        raise BackupRefusedError(f"{entry.filename!r} does not belong in a backup")
    if entry.flag_bits & 1 or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BackupRefusedError(f"{entry.filename} is packed in a way that is not ours")
    if FILE.fullmatch(entry.filename) and entry.file_size > LARGEST_FILE:
        raise BackupRefusedError(f"{entry.filename} is too large")


def _manifest(file: ZipFile) -> Manifest:
    with file.open(MANIFEST) as text:
        values = json.loads(text.read(LARGEST_MANIFEST))
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise BackupRefusedError("its manifest is not ours")
    taken_at, rows = datetime.fromisoformat(str(values["taken_at"])), values["rows"]
    if taken_at.tzinfo is None or not isinstance(rows, dict):
        raise BackupRefusedError("its manifest is not ours")
    return Manifest(str(values["revision"]), taken_at, {str(name): int(count) for name, count in rows.items()})
