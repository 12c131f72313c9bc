"""Plain text that no reader stumbles over: normal form, no control characters, balanced direction marks."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")

_ISOLATES = "\u2066\u2067\u2068"
_END_EMBEDDING = "\u202c"
_END_ISOLATE = "\u2069"
_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean_text(text: str) -> str:
    """Return text in NFC without control characters; line ends become newlines, tabs spaces.

    Lone surrogates become U+FFFD, and directional controls (UAX 9) are closed within their line.
    """
    text = _LINE_ENDS.sub("\n", _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text))
    text = _CONTROLS.sub("", text.replace("\t", " "))
    balanced = "\n".join(balanced_line(line) for line in text.split("\n"))
    return unicodedata.normalize("NFC", balanced)


def clean_uri(uri: str) -> str:
    """Return an address without the white space and control characters that no URI (RFC 3986) has."""
    return "".join(clean_text(uri).split())


def balanced_line(line: str) -> str:
    """Return one line in which every directional embedding and isolate is closed, and no closer is alone."""
    open_marks: list[str] = []
    kept = _MARKS.sub(lambda match: _kept(match[0], open_marks), line)
    return kept + _closers(open_marks)


def _kept(mark: str, open_marks: list[str]) -> str:
    if mark == _END_EMBEDDING:
        return _end_embedding(open_marks)
    if mark == _END_ISOLATE:
        return _end_isolate(open_marks)
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
