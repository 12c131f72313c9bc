"""Content lines (RFC 5545, 3.1): escaping, folding, line ends."""

from collections.abc import Iterable

from events_app.ics.plain_text import clean_text

LIMIT = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def escaped(text: str) -> str:
    """Return text, cleaned, as a TEXT value."""
    # The library's own escaping turns a backslash followed by N into a line break.
    return clean_text(text).translate(_ESCAPES)


def joined(lines: Iterable[str]) -> bytes:
    """Return content lines in UTF-8, folded, each ended by CRLF."""
    return b"".join(folded(line) + b"\r\n" for line in lines)


def folded(line: str) -> bytes:
    """Return one line in UTF-8, folded at 75 octets so that neither a character nor an escape is cut."""
    data = line.encode()
    pieces: list[bytes] = []
    start = 0
    while len(data) - start > LIMIT - bool(pieces):
        end = _fold_before(data, start, start + LIMIT - bool(pieces))
        pieces.append(data[start:end])
        start = end
    return b"\r\n ".join([*pieces, data[start:]])


def _fold_before(data: bytes, start: int, end: int) -> int:
    while data[end] & 0xC0 == 0x80:
        end -= 1
    backslashes = end - start - len(data[start:end].rstrip(b"\\"))
    # Some readers decode escapes before they unfold.
    return end - backslashes % 2
