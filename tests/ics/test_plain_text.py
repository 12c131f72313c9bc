import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events_app.ics.plain_text import balanced_line, clean_text, clean_uri

MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
any_text = st.text(st.characters(codec=None, categories=None))
marked = st.text(st.sampled_from(MARKS + "ab\n"))


def depths(line: str) -> list[str]:
    """Return the directional controls that stay open at the end of a line, as UAX 9 reads it."""
    still_open: list[str] = []
    for mark in line:
        if mark in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068":
            still_open.append(mark)
        elif mark == "\u202c":
            assert still_open.pop() in "\u202a\u202b\u202d\u202e"
        elif mark == "\u2069":
            assert still_open.pop() in "\u2066\u2067\u2068"
    return still_open


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_end_becomes_a_newline(end: str) -> None:
    assert clean_text(f"one{end}two") == "one\ntwo"


def test_control_characters_are_dropped_and_tabs_become_spaces() -> None:
    assert clean_text("a\x00b\x07c\x1bd\x7fe\x9ff\tg") == "abcdef g"


def test_text_is_written_in_normal_form() -> None:
    assert clean_text("Cafe\u0301") == "Caf\u00e9"


def test_half_a_surrogate_pair_becomes_the_replacement_character() -> None:
    assert clean_text("a\ud83db") == "a\ufffdb"


@pytest.mark.parametrize(
    ("line", "balanced"),
    [
        ("\u202eabc", "\u202eabc\u202c"),
        ("\u2067abc", "\u2067abc\u2069"),
        ("abc\u202c\u2069", "abc"),
        ("\u2067a\u202eb\u2069c", "\u2067a\u202eb\u202c\u2069c"),
        ("\u202ea\u2067b\u202cc", "\u202ea\u2067bc\u2069\u202c"),
        ("\u2068abc\u2069", "\u2068abc\u2069"),
    ],
)
def test_directional_controls_are_closed(line: str, balanced: str) -> None:
    assert balanced_line(line) == balanced


def test_directional_controls_end_with_their_line() -> None:
    assert clean_text("\u202eone\ntwo\u202c") == "\u202eone\u202c\ntwo"


@given(marked)
def test_no_directional_control_stays_open_or_stands_alone(text: str) -> None:
    assert [depths(line) for line in clean_text(text).split("\n")] == [[]] * (text.count("\n") + 1)


@given(any_text)
def test_cleaning_leaves_text_that_can_be_written(text: str) -> None:
    cleaned = clean_text(text)
    assert cleaned.encode().decode() == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not [mark for mark in cleaned if unicodedata.category(mark) == "Cc" and mark != "\n"]


@given(st.one_of(any_text, marked))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "Mn"])))
def test_ordinary_text_in_any_script_is_only_normalised(text: str) -> None:
    assert clean_text(text) == unicodedata.normalize("NFC", text)


def test_an_address_has_no_white_space() -> None:
    assert clean_uri(" https://x.example/a b\r\nX-EVIL:1\u2028 ") == "https://x.example/abX-EVIL:1"
