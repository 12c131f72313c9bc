"""What States are called and how their names sort."""

import pytest

from events_app.words.languages import LANGUAGES
from events_app.words.states import collation_key, sorted_by_name, state_name, state_rows


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("VA", "en", "Holy See"),
        ("VA", "fr", "Saint-Siège"),
        ("RU", "de", "Russische Föderation"),
        ("KR", "es", "República de Corea"),
        ("US", "it", "Stati Uniti d’America"),
        ("GB", "ru", "Соединенное Королевство"),
        ("TR", "fr", "Türkiye"),
        ("RU", "ar", "الاتحاد الروسي"),
        ("AT", "de", "Österreich"),
        ("MN", "it", "Mongolia"),
    ],
)
def test_a_state_is_called_what_the_osce_calls_it(code: str, language: str, name: str) -> None:
    assert state_name(code, language) == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_a_name_of_its_own_in_every_language(language: str) -> None:
    names = {state_name(code, language) for code in state_rows()}
    assert len(names) == len(state_rows())


@pytest.mark.parametrize("language", ["ru", "ar"])
def test_no_state_keeps_a_latin_name_in_another_script(language: str) -> None:
    assert not [code for code in state_rows() if state_name(code, language).isascii()]


def test_a_name_corrected_in_the_application_is_kept() -> None:
    assert state_name("TR", "en", english="Republic of Türkiye") == "Republic of Türkiye"


def test_a_territory_outside_our_data_has_its_usual_name() -> None:
    assert state_name("NZ", "fr") == "Nouvelle-Zélande"


def test_a_code_that_nobody_knows_is_its_own_name() -> None:
    assert [state_name("X1", language) for language in LANGUAGES] == ["X1"] * len(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "codes"),
    [
        ("en", ["TN", "TR", "TM", "UA"]),
        ("fr", ["DZ", "DE", "AD", "EG", "US"]),
        ("de", ["EG", "AL", "NO", "AT", "PL"]),
        ("ru", ["AU", "AT", "AZ", "AL"]),
        ("ar", ["JO", "ES", "AL"]),
    ],
)
def test_names_sort_as_readers_of_the_language_expect(language: str, codes: list[str]) -> None:
    assert sorted_by_name(reversed(codes), language) == codes


def test_accents_hyphens_and_the_arabic_article_do_not_count() -> None:
    assert collation_key("États-Unis d’Amérique") == "etats unis d amerique"
    assert collation_key("الأردن") == collation_key("أردن")
