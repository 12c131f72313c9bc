"""The parts of a mail (RFC 2046), found in a few passes over its bytes and never more of them than may be.

The parser of the standard library recurses with the depth of a mail and takes its time with the number of its parts;
what strangers send is read here, where both are bounded before anything is done.
"""

import re
from binascii import Error, a2b_base64, a2b_qp
from collections.abc import Iterator
from dataclasses import dataclass

from events_app.mail.incoming.errors import UnreadableMailError
from events_app.mail.incoming.headers import Headers, decoded_text, headers_of

MOST_PARTS = 200
DEEPEST = 10
MOST_FALSE_MARKS = 1_000
LONGEST_HEADS = 1_000_000
LONGEST_BOUNDARY = 200

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_REST_OF_MARK = re.compile(rb"(--)?[ \t]{0,80}+(?:\r?\n|\Z)")
_MAILBOX_LINE = re.compile(rb"(?:\r?\n)*(?:>?From [^\r\n]*\r?\n)?")


@dataclass(frozen=True)
class Part:
    """A mail or a part of one: its headers, its body between two offsets of the mail's bytes, the parts in it."""

    headers: Headers
    raw: bytes
    start: int
    end: int
    parts: tuple["Part", ...] = ()

    @property
    def content_type(self) -> str:
        """The type in lower case; `text/plain` if there is none."""
        return self.headers.word("content-type") or "text/plain"

    def content(self, most: int) -> bytes:
        """Return the body without its transfer encoding; of the encoded octets at most so many are read."""
        body = self.raw[self.start : min(self.end, self.start + most)]
        encoding = self.headers.word("content-transfer-encoding")
        if encoding == "quoted-printable":
            return a2b_qp(body)
        return _from_base64(body) if encoding == "base64" else body

    def text(self, most: int) -> str:
        """Return the body as text in the encoding that the part names."""
        return decoded_text(self.content(most), self.headers.parameter("content-type", "charset"))

    def all_parts(self) -> Iterator["Part"]:
        """Yield the part itself and all in it; what is in a mail that was sent along belongs to that mail."""
        yield self
        for part in self.parts:
            yield from part.all_parts()


def whole_mail(content: bytes) -> Part:
    """Return a mail with all its parts; raises UnreadableMailError."""
    match = _MAILBOX_LINE.match(content)
    return _Reading(content).part(match.end() if match else 0, len(content), 0)


def head_of(content: bytes) -> Headers:
    """Return the headers of a mail alone; raises UnreadableMailError."""
    match = _MAILBOX_LINE.match(content)
    start = match.end() if match else 0
    return headers_of(content[start : _head_end(content, start, len(content))[0]])


class _Reading:
    """One pass over a mail: its bytes, and how many parts and octets of headers were met so far."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.met = 0
        self.head_octets = 0

    def part(self, start: int, end: int, depth: int) -> Part:
        self.met += 1
        if self.met > MOST_PARTS:
            raise UnreadableMailError("too-many-parts")
        if depth > DEEPEST:
            raise UnreadableMailError("too-deep")
        headers, body = self._head(start, end)
        inner = tuple(self.part(*span, depth + 1) for span in self._spans(headers, body, end))
        return Part(headers, self.raw, body, end, inner)

    def _head(self, start: int, end: int) -> tuple[Headers, int]:
        first, body = _head_end(self.raw, start, end)
        self.head_octets += body - start
        if self.head_octets > LONGEST_HEADS:
            raise UnreadableMailError("headers-too-long")
        return headers_of(self.raw[start:first]), body

    def _spans(self, headers: Headers, start: int, end: int) -> list[tuple[int, int]]:
        boundary = headers.parameter("content-type", "boundary").rstrip()
        if not headers.word("content-type").startswith("multipart/") or not 0 < len(boundary) <= LONGEST_BOUNDARY:
            return []
        return list(self._between(b"\n--" + boundary.encode("utf-8", "replace"), start, end))

    def _between(self, mark: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
        began: int | None = None
        for place, after, is_last in self._marks(mark, start, end):
            if began is not None:
                yield began, max(began, place)
            began = after
            if is_last:
                return
        # The mark at the end is missing: what came last is taken as it is.
        if began is not None and began < end:
            yield began, end

    def _marks(self, mark: bytes, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Yield where the lines between parts begin and end, and whether it is the last of them."""
        # The line end before the first mark may be the one that ends the headers.
        place = self.raw.find(mark, start - 1, end)
        for _ in range(MOST_PARTS + MOST_FALSE_MARKS):
            if place < 0:
                return
            rest = _REST_OF_MARK.match(self.raw, place + len(mark), end)
            if rest:
                yield _before_return(self.raw, place), rest.end(), bool(rest[1])
            # The line end that ends this mark may begin the next one.
            place = self.raw.find(mark, rest.end() - 1 if rest else place + 1, end)
        raise UnreadableMailError("too-many-parts")


def _head_end(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """Return where the headers that begin at an offset end, and where the body begins."""
    for line_end in (b"\r\n", b"\n"):
        if raw.startswith(line_end, start, end):
            return start, start + len(line_end)
    found = _HEAD_END.search(raw, start, min(end, start + LONGEST_HEADS))
    return found.span() if found else (end, end)


def _before_return(raw: bytes, place: int) -> int:
    return place - 1 if raw[place - 1 : place] == b"\r" else place


def _from_base64(body: bytes) -> bytes:
    try:
        return a2b_base64(body)
    except Error:
        # A body that was cut in the middle of four signs.
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
        return a2b_base64(kept[: len(kept) // 4 * 4])
