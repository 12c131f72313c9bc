"""What may be uploaded: which kinds of file, under which names, for whose eyes.

A file is what its bytes say, and its name has to agree. Nothing is ever unpacked to disk.
"""

import re
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from unicodedata import category
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from events_app.events.errors import UnfitFileError
from events_app.events.models import VISIBILITIES
from events_app.ics.plain_text import clean_text

LARGEST_FILE = 10_000_000
MOST_FILES = 40
LONGEST_STEM = 150  # bytes of UTF-8, so that with its ending it fits every file system
LARGEST_DIRECTORY = 256_000
LARGEST_PART = 1_000_000

OFFICE, OPEN = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "pptx": f"{OFFICE}presentationml.presentation",
    "odt": f"{OPEN}text",
    "ods": f"{OPEN}spreadsheet",
    "odp": f"{OPEN}presentation",
    "txt": "text/plain",
    "csv": "text/csv",
    "png": "image/png",
    "jpg": "image/jpeg",
}
ALSO_NAMED = {"jpeg": "jpg"}
UNKNOWN_TYPE = "application/octet-stream"
MAGIC = (
    ("pdf", b"%PDF-", b"%%EOF"),
    ("png", b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
    ("jpg", b"\xff\xd8\xff", b"\xff\xd9"),
)
DIRECTORY_END = struct.Struct("<4s4H2LH")
MACRO_PARTS = re.compile(r"(^|/)vbaproject\.bin$|^basic/|^scripts/|^xl/macrosheets/")
BROKEN = (BadZipFile, struct.error, zlib.error, RuntimeError, ValueError, LookupError, EOFError, OSError, OverflowError)

_RESERVED = re.compile(r'[<>:"|?*]')
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_JOINERS = "\u200c\u200d"  # Persian and some Arabic names need them


@dataclass(frozen=True)
class FittingFile:
    """A file that is taken: its cleaned name, the content type that we give it, its size in bytes."""

    name: str
    content_type: str
    size: int


def fitting_file(name: str, content: bytes) -> FittingFile:
    """Return how an upload is kept; raises UnfitFileError."""
    cleaned = clean_file_name(name)
    kind = kind_named(cleaned)
    if kind is None:
        raise UnfitFileError("kind")
    if not content:
        raise UnfitFileError("empty")
    if len(content) > LARGEST_FILE:
        raise UnfitFileError("too-large")
    if kind_of(content) != ("txt" if kind == "csv" else kind):
        raise UnfitFileError("contents")
    return FittingFile(cleaned, CONTENT_TYPES[kind], len(content))


def clean_file_name(name: str) -> str:
    """Return a name without folders, invisible or reserved signs, or a start that spreadsheets would compute."""
    line = " ".join(clean_text(name).split())
    seen = "".join(sign for sign in line if sign in _JOINERS or not category(sign).startswith("C"))
    last = re.split(r"[/\\]", seen)[-1]
    stem, dot, ending = _RESERVED.sub("_", last).rstrip(" .").rpartition(".")
    stem = stem.lstrip(" .=+-@~").encode()[:LONGEST_STEM].decode("utf-8", "ignore").rstrip(" .")
    return f"{stem or 'document'}{dot}{ending.lower()}"


def kind_named(name: str) -> str | None:
    """Return the kind of file that a name promises by its last ending; None if it is not taken."""
    ending = name.rpartition(".")[2]
    kind = ALSO_NAMED.get(ending, ending)
    return kind if kind in CONTENT_TYPES else None


def kind_of(content: bytes) -> str | None:
    """Return the kind of file that bytes are, `txt` for any text; None if not taken. Raises UnfitFileError (macros)."""
    for kind, start, end in MAGIC:
        if content.startswith(start):
            return kind if end in content else None
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_archive(content)
    return "txt" if _is_text(content) else None


def safe_content_type(content_type: str) -> str:
    """Return a content type of the table, whatever is stored."""
    return content_type if content_type in CONTENT_TYPES.values() else UNKNOWN_TYPE


def narrower_visibilities(visibility: str) -> tuple[str, ...]:
    """Return what a document of its own visibility may be, if its event is as visible as this."""
    return VISIBILITIES[VISIBILITIES.index(visibility) + 1 :]


def _kind_of_archive(content: bytes) -> str | None:
    if not _is_plain_archive(content):
        return None
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _kind_inside(archive)
    except BROKEN:
        return None


def _is_plain_archive(content: bytes) -> bool:
    """Return whether a directory that is small closes the ZIP: nothing before or after it, no second one."""
    if len(content) < DIRECTORY_END.size:
        return False
    mark, *_, size, offset, comment = DIRECTORY_END.unpack(content[-DIRECTORY_END.size :])
    is_last = mark == b"PK\x05\x06" and not comment and offset + size == len(content) - DIRECTORY_END.size
    return is_last and size <= LARGEST_DIRECTORY and content[-42:-38] != b"PK\x06\x07"


def _kind_inside(archive: ZipFile) -> str | None:
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in archive.infolist()):
        return None  # no office program writes others, and their dictionaries may fill the memory
    names = archive.namelist()
    if any(MACRO_PARTS.search(name.lower()) for name in names):
        raise UnfitFileError("macros")
    if names[0] == "mimetype":
        return _kind_declared(_part(archive, "mimetype").decode("ascii"))
    types = _part(archive, "[Content_Types].xml").decode("utf-8")
    if "macroenabled" in types.lower():
        raise UnfitFileError("macros")
    found = [kind for kind, name in CONTENT_TYPES.items() if name.startswith(OFFICE) and f'"{name}.main+xml"' in types]
    return found[0] if len(found) == 1 else None


def _kind_declared(content_type: str) -> str | None:
    kinds = {name: kind for kind, name in CONTENT_TYPES.items() if name.startswith(OPEN)}
    return kinds.get(content_type.strip())


def _part(archive: ZipFile, name: str) -> bytes:
    """Return the start of one part, so that a bomb bursts harmlessly."""
    with archive.open(name) as part:
        return part.read(LARGEST_PART)


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    start = text[:10_000].lstrip("\ufeff \t\r\n\f")
    return not start.startswith(("<", "{\\rtf")) and not _NOT_IN_TEXT.search(text)
