"""From the bytes of a file to its unfolded text, in a few passes, or a refusal."""

import re

from events_app.ics.errors import UnreadableCalendarError

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PACKED_MARKS = (b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"(\xb5/\xfd", b"Rar!")

# The look behind keeps a million empty lines from being tried a million times.
_FOLD = re.compile(rb"(?<![\r\n])[\r\n]++[ \t]")
_MOST_IDLE_FOLDS = 1_000
_LEAST_BETWEEN_FOLDS = 20

_OVERLONG = re.compile(rb"[\xc0\xc1][\x80-\xbf]|\xe0[\x80-\x9f][\x80-\xbf]|\xed[\xa0-\xbf][\x80-\xbf]|\xf0[\x80-\x8f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
# No western word has four such letters in a row; Cyrillic and Arabic ones in their old encodings do.
_FOREIGN_WORD = re.compile(rb"[\xc0-\xff]{4}")


def unfolded_text(content: bytes, most_octets: int) -> str:
    """Return the text of a file in UTF-8 or a western single-byte encoding, its folded lines joined again.

    Raises UnreadableCalendarError.
    """
    if len(content) > most_octets:
        raise UnreadableCalendarError("too-large", octets=str(len(content)), limit=str(most_octets))
    if content.startswith(_PACKED_MARKS):
        raise UnreadableCalendarError("compressed")
    # UTF-16 without its mark shows itself by its NULs.
    if content.startswith(_WIDE_MARKS) or b"\0" in content:
        raise UnreadableCalendarError("encoding")
    # Unfolded before it is decoded: some programs fold between the octets of one character.
    return _decoded(_unfolded(content.removeprefix(BYTE_ORDER_MARK)))


def _unfolded(content: bytes) -> bytes:
    unfolded, folds = _FOLD.subn(b"", content)
    if folds > _MOST_IDLE_FOLDS and len(unfolded) < folds * _LEAST_BETWEEN_FOLDS:
        raise UnreadableCalendarError("too-many-folds", folds=str(folds))
    return unfolded


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        if not _is_plausibly_western(content):
            raise UnreadableCalendarError("encoding") from None
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise UnreadableCalendarError("encoding") from None


def _is_plausibly_western(content: bytes) -> bool:
    if _OVERLONG.search(content) or _FOREIGN_WORD.search(content):
        return False
    # In a damaged UTF-8 file the sound sequences outnumber the stray octets.
    sequences = _MULTIBYTE.findall(content)
    return len(sequences) < len(_HIGH.findall(content)) - sum(map(len, sequences))
