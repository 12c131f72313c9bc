"""Text in the headers of a letter: one line, seven bits (RFC 2047).

The standard library's own folding loses blanks between encoded words, so long Arabic and Russian subjects would
arrive with their words grown together.
"""

import unicodedata
from base64 import b64encode
from collections.abc import Iterator

BREAKS = ("Cc", "Cs", "Zl", "Zp")
WORD_BYTES = 45
SHORT = 60


def header_text(text: str) -> str:
    """Return a text as it may stand in an unstructured header, folded if it is long."""
    line = one_line(text)
    return line if _is_plain(line) else _encoded(line)


def header_name(name: str) -> str:
    """Return a person's name and a blank as they may stand before an address; empty for an empty name."""
    line = one_line(name)
    if not line:
        return ""
    if not _is_plain(line):
        return f"{_encoded(line)}\r\n "
    escaped = line.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" '


def one_line(text: str) -> str:
    """Return a text in which every run of line breaks, controls and blanks is one space."""
    visible = "".join(" " if unicodedata.category(sign) in BREAKS else sign for sign in text)
    return " ".join(visible.split())


def _is_plain(line: str) -> bool:
    return line.isascii() and len(line) <= SHORT and "=?" not in line


def _encoded(line: str) -> str:
    words = (b64encode(piece).decode("ascii") for piece in _pieces(line))
    return "\r\n ".join(f"=?utf-8?b?{word}?=" for word in words)


def _pieces(line: str) -> Iterator[bytes]:
    piece = b""
    for sign in line:
        encoded = sign.encode()
        if len(piece) + len(encoded) > WORD_BYTES:
            yield piece
            piece = b""
        piece += encoded
    yield piece
