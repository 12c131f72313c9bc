"""Cleaning takes time in proportion to the text, whatever was sent."""

import sys
import time
import unicodedata

import pytest

from events_app.ics.plain_text import balanced_line, clean_text

ACCENTS = "\u0301\u0316"


@pytest.mark.parametrize(
    "text",
    [
        ACCENTS * 100_000,
        "\u0f73\u0344" * 100_000,
        "\u202a" * 100_000 + "\u2069" * 100_000,
        "\u2066" + "\u202a" * 100_000 + "\u2069" * 100_000,
        "\u2066\u202a" * 100_000,
        "\u2067\u2069" * 100_000,
        "\u202a\n" * 100_000,
        ("a" + ACCENTS * 20) * 5_000,
        "\u00b7" * 200_000,
    ],
    ids=["accents", "double accents", "embeddings", "isolate", "nested", "pairs", "lines", "letters", "dots"],
)
def test_hostile_text_is_cleaned_at_once(text: str) -> None:
    before = time.process_time()
    clean_text(text)
    assert time.process_time() - before < 1.5


@pytest.mark.parametrize("letter", ["q", "\u05e9", "\ufb2c", "\u0958"])
@pytest.mark.parametrize("accents", [ACCENTS, "\u0344", "\u0f73", "\u0f81\u0323"])
def test_a_letter_keeps_thirty_accents(letter: str, accents: str) -> None:
    cleaned = clean_text(letter + accents * 100 + "b")
    assert sum(unicodedata.combining(sign) > 0 for sign in cleaned) == 30
    assert cleaned.endswith("b")
    assert clean_text(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)


def test_thirty_accents_and_rows_of_other_signs_stay_whole() -> None:
    for text in ("x" + "\u0316" * 30, "\u2014" * 100, "\U0001f600" * 100, "\u0e33" * 100, "\u3002" * 100):
        assert clean_text(text) == text


def test_no_accent_is_taken_for_a_letter() -> None:
    signs = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    assert not [sign for sign in signs if unicodedata.combining(sign) and (sign.isalnum() or sign.isascii())]


def test_a_line_is_at_most_125_directions_deep() -> None:
    assert balanced_line("\u202a" * 126 + "a") == "\u202a" * 125 + "a" + "\u202c" * 125
    assert balanced_line("\u2067" * 200 + "a" + "\u2069" * 200) == "\u2067" * 125 + "a" + "\u2069" * 125
