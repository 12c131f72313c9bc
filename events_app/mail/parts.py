"""The parts of a letter (RFC 2045, 2046, 2231) as bytes: the standard library takes longer over them than sending."""

from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Sequence
from hashlib import sha256
from urllib.parse import quote

from events_app.mail.header import one_line

LONGEST_PLAIN_LINE = 78
BOUNDARY_LENGTH = 32


def text_part(text: str, subtype: str) -> bytes:
    """Return a text as a part with its headers, in whatever encoding is shortest and survives every relay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    content = "".join(f"{line}\r\n" for line in lines).encode()
    if content.isascii() and b"\0" not in content and max(map(len, lines)) <= LONGEST_PLAIN_LINE:
        return _part(f'text/{subtype}; charset="utf-8"', "7bit", content)
    quoted, coded = b2a_qp(content, istext=True), _base64(content)
    if len(quoted) <= len(coded):
        return _part(f'text/{subtype}; charset="utf-8"', "quoted-printable", quoted)
    return _part(f'text/{subtype}; charset="utf-8"', "base64", coded)


def file_part(content_type: str, content: bytes, filename: str = "") -> bytes:
    """Return bytes as a part with its headers; with a name it is attached, without one it is another way to read."""
    placing = f"Content-Disposition: attachment; {_named(filename)}\r\n" if filename else ""
    return _part(one_line(content_type), "base64", _base64(content), placing)


def several(subtype: str, parts: Sequence[bytes]) -> bytes:
    """Return parts as one part; what stands between them follows from them, so that equal letters are equal bytes."""
    # With "=_" in front it can stand neither in base64 nor in quoted-printable (RFC 2045, 6.7).
    boundary = b"=_" + sha256(b"".join(parts)).hexdigest()[:BOUNDARY_LENGTH].encode()
    head = b'Content-Type: multipart/%s; boundary="%s"\r\n\r\n' % (subtype.encode(), boundary)
    return head + b"".join(b"--%s\r\n%s\r\n" % (boundary, part) for part in parts) + b"--%s--\r\n" % boundary


def _part(content_type: str, encoding: str, content: bytes, placing: str = "") -> bytes:
    head = f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n{placing}\r\n"
    return head.encode("ascii", "replace") + content


def _named(filename: str) -> str:
    name = one_line(filename)
    if not name.isascii():
        return f"filename*=utf-8''{quote(name, safe='')}"
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'filename="{escaped}"'


def _base64(content: bytes) -> bytes:
    return encodebytes(content).replace(b"\n", b"\r\n")
