"""Every word of this package and of the data files is there in all seven languages."""

import re
from collections.abc import Iterable, Iterator
from string import Formatter

import pytest
from babel.messages import Catalog

from events_app.shared.datafile import toml_rows
from events_app.words.catalogue import catalogue, translation
from events_app.words.languages import LANGUAGES
from events_app.words.vocabulary import vocabulary

TRANSLATED = LANGUAGES[1:]
PLURALS = ("{count} day", "{count} meeting")
SCRIPTS = {"ru": re.compile("[а-яА-Я]"), "ar": re.compile("[\u0600-\u06ff]")}


def words_of_the_data_files() -> list[str]:
    kinds = toml_rows("kinds.toml", "kind")
    names = [name["name"] for row in kinds for name in (*row.values["names"], *row.values["steps"])]
    tables = (
        ("groups.toml", "group"), ("topics.toml", "topic"), ("topics.toml", "priority"),
        ("observances.toml", "observance"),
    )  # fmt: skip
    return names + [row.text("name") for file, table in tables for row in toml_rows(file, table)]


def read(language: str) -> Catalog:
    catalog = catalogue(language)
    assert catalog is not None
    return catalog


def texts(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(text) for text in value if text is not None]  # type: ignore[attr-defined]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def messages(language: str) -> Iterator[tuple[list[str], list[str]]]:
    return ((texts(message.id), texts(message.string)) for message in read(language) if message.id)


def missing(language: str, wanted: Iterable[str]) -> list[str]:
    return [message for message in wanted if not translation(language, message)]


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_word_of_the_data_files_is_missing(language: str) -> None:
    assert missing(language, words_of_the_data_files()) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_word_that_the_code_knows_is_missing(language: str) -> None:
    assert missing(language, vocabulary()) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_plural_has_all_the_forms_of_its_language(language: str) -> None:
    catalog = read(language)
    for one in PLURALS:
        message = catalog.get(one)
        assert message
        forms = texts(message.string)
        assert len(forms) == catalog.num_plurals
        assert all(forms)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_message(language: str) -> None:
    for ids, strings in messages(language):
        for text in filter(None, strings):
            if len(ids) == 1:
                assert placeholders(text) == placeholders(ids[0]), text
            else:
                assert placeholders(text) <= placeholders(ids[1]), text


@pytest.mark.parametrize("language", SCRIPTS)
def test_a_translation_is_written_in_the_script_of_its_language(language: str) -> None:
    ours = [*words_of_the_data_files(), *vocabulary()]
    plain = [m for m in ours if re.sub(r"\{\w+\}", "", m).strip(": ")]
    assert not [m for m in plain if not SCRIPTS[language].search(translation(language, m) or "")]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_neither_begins_nor_ends_with_space(language: str) -> None:
    for ids, strings in messages(language):
        assert all(text == text.strip() for text in strings) or ids[0] != ids[0].strip()


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_waiting_for_a_second_look(language: str) -> None:
    assert [message.id for message in read(language) if message.id and message.fuzzy] == []
