"""Translating messages: placeholders, plural forms, and English where a translation fails."""

from collections.abc import Callable

import pytest
from babel.messages import Catalog

from events_app.words import catalogue
from events_app.words.catalogue import translate, translate_plural
from events_app.words.languages import UnknownLanguageError

Use = Callable[[Catalog], None]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    """A function that puts another catalogue in the place of all of them."""
    return lambda catalog: monkeypatch.setattr(catalogue, "catalogue", lambda language: catalog)


def test_a_message_is_translated() -> None:
    assert translate("de", "Confirmed") == "Bestätigt"


def test_english_needs_no_catalogue() -> None:
    assert translate("en", "{kind}: {theme}", kind="Workshop", theme="Water") == "Workshop: Water"


def test_a_message_without_translation_stays_english() -> None:
    assert translate("fr", "A sentence nobody has translated") == "A sentence nobody has translated"


def test_an_empty_message_is_not_the_header_of_the_catalogue() -> None:
    assert translate("fr", "") == ""


def test_an_unknown_language_is_refused_by_every_translation() -> None:
    with pytest.raises(UnknownLanguageError):
        translate("xx", "Confirmed")


def test_braces_in_a_value_are_left_alone() -> None:
    assert translate("fr", "{kind}: {theme}", kind="Atelier", theme="{kind} {0}") == "Atelier\u00a0: {kind} {0}"


def test_braces_in_a_message_without_values_are_left_alone() -> None:
    assert translate("fr", "Peace {and} security") == "Peace {and} security"


@pytest.mark.parametrize("broken", ["{nobody}", "{title", "{0}", "{title.missing}", "{title[0][9]}", "{title:d}"])
def test_a_broken_placeholder_falls_back_to_english(use: Use, broken: str) -> None:
    catalog = Catalog(locale="fr")
    catalog.add("Postponed: {title}", broken)
    use(catalog)
    assert translate("fr", "Postponed: {title}", title="Workshop") == "Postponed: Workshop"


def test_an_empty_translation_falls_back_to_english(use: Use) -> None:
    catalog = Catalog(locale="fr")
    catalog.add("Confirmed", "")
    use(catalog)
    assert translate("fr", "Confirmed") == "Confirmed"


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", {0: "0 days", 1: "1 day", 2: "2 days"}),
        ("fr", {0: "0\u00a0jour", 1: "1\u00a0jour", 2: "2\u00a0jours"}),
        ("ru", {1: "1\u00a0день", 3: "3\u00a0дня", 11: "11\u00a0дней", 21: "21\u00a0день", 112: "112\u00a0дней"}),
        ("ar", {0: "0 يوم", 1: "يوم واحد", 2: "يومان", 3: "3 أيام", 11: "11 يومًا", 100: "100 يوم"}),
    ],
)
def test_each_language_counts_by_its_own_rule(language: str, texts: dict[int, str]) -> None:
    assert {n: translate_plural(language, "{count} day", "{count} days", n) for n in texts} == texts


def test_a_plural_takes_other_values_too() -> None:
    assert translate_plural("de", "{count} seat in {place}", "{count} seats in {place}", 2, place="Wien") == (
        "2 seats in Wien"
    )


def test_a_plural_with_missing_forms_falls_back_to_english(use: Use) -> None:
    catalog = Catalog(locale="ru")
    catalog.add(("{count} day", "{count} days"), ("{count} день", "", ""))
    use(catalog)
    assert translate_plural("ru", "{count} day", "{count} days", 5) == "5 days"
