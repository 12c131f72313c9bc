"""Plain text that no reader stumbles over: normal form, no control characters, balanced direction marks."""

import re
import unicodedata
from itertools import groupby, islice

_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")

_ISOLATES = "\u2066\u2067\u2068"
_END_EMBEDDING = "\u202c"
_END_ISOLATE = "\u2069"
_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_DEEPEST = 125  # UAX 9, BD2

# Sorting the accents of one letter takes the square of their number; UAX 15 needs no more than 30.
_MOST_ACCENTS = 30
_PERHAPS_ACCENTS = re.compile(rf"[^\x00-\x7f\w]{{{_MOST_ACCENTS + 1},}}")


def clean_text(text: str) -> str:
    """Return text in NFC without control characters; line ends become newlines, tabs spaces.

    Lone surrogates become U+FFFD, directional controls (UAX 9) are closed within their line, and a letter keeps
    30 accents (UAX 15). Takes time in proportion to the text.
    """
    text = _LINE_ENDS.sub("\n", _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text))
    text = _CONTROLS.sub("", text.replace("\t", " "))
    balanced = "\n".join(balanced_line(line) for line in text.split("\n"))
    # Some signs fall apart into several accents, hence the second time.
    return _with_fewer_accents(unicodedata.normalize("NFC", _with_fewer_accents(balanced)))


def clean_uri(uri: str) -> str:
    """Return an address without the white space and control characters that no URI (RFC 3986) has."""
    return "".join(clean_text(uri).split())


def balanced_line(line: str) -> str:
    """Return one line in which every directional embedding and isolate is closed, and no closer is alone.

    What would open more than 125 of them within each other is dropped.
    """
    open_marks: list[str] = []
    kept = _MARKS.sub(lambda match: _kept(match[0], open_marks), line)
    return kept + _closers(open_marks)


def _with_fewer_accents(text: str) -> str:
    return _PERHAPS_ACCENTS.sub(lambda match: _shortened(match[0]), text)


def _shortened(signs: str) -> str:
    runs = groupby(signs, _is_accent)
    return "".join(sign for is_accent, run in runs for sign in islice(run, _MOST_ACCENTS if is_accent else None))


def _is_accent(sign: str) -> bool:
    """Return whether a sign, or what it falls apart into, is sorted with its neighbours (UAX 15)."""
    return unicodedata.combining(unicodedata.normalize("NFD", sign)[0]) > 0


def _kept(mark: str, open_marks: list[str]) -> str:
    if mark == _END_EMBEDDING:
        return _end_embedding(open_marks)
    if mark == _END_ISOLATE:
        return _end_isolate(open_marks)
    if len(open_marks) == _DEEPEST:
        return ""
    open_marks.append(mark)
    return mark


def _end_embedding(open_marks: list[str]) -> str:
    if not open_marks or open_marks[-1] in _ISOLATES:
        return ""
    open_marks.pop()
    return _END_EMBEDDING


def _end_isolate(open_marks: list[str]) -> str:
    places = [place for place, mark in enumerate(open_marks) if mark in _ISOLATES]
    if not places:
        return ""
    inner = open_marks[places[-1] :]
    del open_marks[places[-1] :]
    return _closers(inner)


def _closers(open_marks: list[str]) -> str:
    return "".join(_END_ISOLATE if mark in _ISOLATES else _END_EMBEDDING for mark in reversed(open_marks))
