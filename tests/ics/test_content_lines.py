import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events_app.ics.content_lines import escaped, folded, joined

lines = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=400)


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda match: {"n": "\n", "N": "\n"}.get(match[1], match[1]), value)


def test_a_line_of_75_octets_is_not_folded() -> None:
    assert folded("a" * 75) == b"a" * 75


def test_a_longer_line_continues_after_a_space() -> None:
    assert folded("a" * 150) == b"a" * 75 + b"\r\n " + b"a" * 74 + b"\r\n " + b"a"


def test_a_fold_comes_before_a_character_that_does_not_fit() -> None:
    assert folded("a" * 74 + "\u00e9") == b"a" * 74 + b"\r\n \xc3\xa9"


def test_a_fold_does_not_cut_an_escape() -> None:
    assert folded("a" * 74 + r"\n") == b"a" * 74 + b"\r\n " + rb"\n"
    assert folded("a" * 73 + r"\\" + "b") == b"a" * 73 + rb"\\" + b"\r\n b"


@given(st.one_of(lines, st.text(st.sampled_from("\\a\u00e9\U0001f600"), max_size=400)))
def test_folding_never_splits_a_character_nor_exceeds_75_octets(line: str) -> None:
    pieces = folded(line).split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    assert pieces[0].decode() + "".join(piece.decode()[1:] for piece in pieces[1:]) == line


def test_lines_end_with_carriage_return_and_line_feed() -> None:
    assert joined(["A:1", "B:2"]) == b"A:1\r\nB:2\r\n"


@pytest.mark.parametrize(
    ("text", "value"),
    [("a;b,c", r"a\;b\,c"), ("a\nb", r"a\nb"), (r"C:\new", r"C:\\new"), (r"C:\New", r"C:\\New"), ('a:"b"', 'a:"b"')],
)
def test_what_separates_values_is_escaped(text: str, value: str) -> None:
    assert escaped(text) == value


@given(lines)
def test_escaping_can_be_undone(text: str) -> None:
    value = escaped(text)
    assert escaped(unescaped(value)) == value
    assert not re.search(r"(?<!\\)(\\\\)*[;,]", value)
