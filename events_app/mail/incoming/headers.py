"""The headers of a mail or of a part (RFC 5322, 2045, 2047): short texts by name, whatever was in them."""

import codecs
import re
from binascii import Error, a2b_base64, a2b_qp
from collections.abc import Iterator
from dataclasses import dataclass

from events_app.mail.incoming.errors import UnreadableMailError

MOST_HEADERS = 1_000
LONGEST_VALUE = 20_000
MOST_WORDS = 100

_LINE = re.compile(r"\r?\n")
_NAME = re.compile(r"[!-9;-~]{1,80}")
_PARAMETER = re.compile(r';\s*+([a-z0-9*-]{1,40})\s*+=\s*+("[^"]{0,500}"|[^\s;"]{0,500})', re.IGNORECASE)
_BLANKS_BETWEEN_WORDS = re.compile(r"(\?=)\s++(?==\?)")
_WORD = re.compile(r"=\?([a-z0-9_-]{1,30})(?:\*[a-z-]{1,20})?\?([bq])\?([^?\s]{0,1000})\?=", re.IGNORECASE)

# Python knows codecs by name that turn a kilobyte into a gigabyte or take the square of the time.
_KNOWN = re.compile(
    r"us-ascii|utf-8|utf-16(?:le|be)?|iso-8859-\d{1,2}|(?:windows|cp)-?125\d|koi8-[ru]|iso-2022-jp|shift_jis"
    r"|euc-(?:jp|kr)|gb2312|gbk|gb18030|big5",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Headers:
    """The headers in their order, names in lower case, values unfolded and not decoded."""

    lines: tuple[tuple[str, str], ...] = ()

    def all(self, name: str) -> list[str]:
        """Return the values of a name (lower case)."""
        return [value for known, value in self.lines if known == name]

    def first(self, name: str) -> str:
        """Return the first value of a name (lower case), or an empty text."""
        return next(iter(self.all(name)), "")

    def word(self, name: str) -> str:
        """Return the first value without its parameters, in lower case: `multipart/mixed`."""
        return self.first(name).partition(";")[0].strip().lower()

    def parameter(self, name: str, parameter: str) -> str:
        """Return a parameter of the first value, without quotes, or an empty text."""
        found = (match for match in _PARAMETER.finditer(self.first(name)) if match[1].lower() == parameter)
        return next((match[2].strip('"') for match in found), "")


def headers_of(block: bytes) -> Headers:
    """Return the headers that a block of lines holds; lines that are none are passed over.

    Raises UnreadableMailError.
    """
    lines = _LINE.split(block.decode("utf-8", "replace"))
    found = tuple(_unfolded(lines))
    if len(found) > MOST_HEADERS:
        raise UnreadableMailError("too-many-headers")
    return Headers(tuple((name, value[:LONGEST_VALUE]) for name, value in found))


def decoded_header(value: str) -> str:
    """Return a header's text with its encoded words (RFC 2047) read, as far as they can be."""
    joined = _BLANKS_BETWEEN_WORDS.sub(r"\1", value[:LONGEST_VALUE])
    return _WORD.sub(lambda match: _decoded_word(match[1], match[2], match[3]), joined, count=MOST_WORDS)


def decoded_text(content: bytes, charset: str) -> str:
    """Return bytes as text; an encoding that nobody knows is taken for UTF-8."""
    known = charset if _KNOWN.fullmatch(charset) else "utf-8"
    try:
        return content.decode(codecs.lookup(known).name, "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def _unfolded(lines: list[str]) -> Iterator[tuple[str, str]]:
    name, pieces = "", [""]
    for line in lines:
        if line[:1] in (" ", "\t"):
            pieces.append(line)
            continue
        if name:
            yield name, "".join(pieces).strip()
        before, colon, after = line.partition(":")
        name = before.strip().lower() if colon and _NAME.fullmatch(before.strip()) else ""
        pieces = [after]
    if name:
        yield name, "".join(pieces).strip()


def _decoded_word(charset: str, encoding: str, text: str) -> str:
    octets = text.encode("ascii", "replace")
    try:
        content = a2b_base64(octets) if encoding in "bB" else a2b_qp(octets, header=True)
    except Error:
        return text
    return decoded_text(content, charset)
