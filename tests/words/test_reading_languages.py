"""Which languages there are and which one a reader gets."""

import pytest

from events_app.words.languages import (
    LANGUAGE_NAMES,
    LANGUAGES,
    UnknownLanguageError,
    best_language,
    direction,
    known_language,
    locale_of,
)


def test_every_language_has_a_name_of_its_own() -> None:
    assert tuple(LANGUAGE_NAMES) == LANGUAGES


@pytest.mark.parametrize("code", ["", "xx", "EN", "en-GB", "../fr", "fr\n"])
def test_an_unknown_language_is_refused(code: str) -> None:
    with pytest.raises(UnknownLanguageError) as refusal:
        known_language(code)
    assert refusal.value.code == code


def test_only_arabic_is_written_from_right_to_left() -> None:
    assert [code for code in LANGUAGES if direction(code) == "rtl"] == ["ar"]


def test_english_is_written_as_in_europe() -> None:
    assert str(locale_of("en")) == "en_GB"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("fr", "fr"),
        ("pt, de-AT;q=0.8, en;q=0.5", "de"),
        ("en;q=0.4, RU;q=0.9", "ru"),
        ("ar-TN,ar;q=0.9", "ar"),
        ("*", "en"),
        ("it;q=0, es;q=0.1", "es"),
        ("fr;q=nan, it;q=0.2", "it"),
        ("fr;q=7, it;q=0.2", "it"),
        (";;;,,,q=", "en"),
        ("x" * 100_000 + ",fr", "en"),
    ],
)
def test_the_reader_gets_the_language_that_the_browser_likes_best(header: str | None, language: str) -> None:
    assert best_language(header) == language
