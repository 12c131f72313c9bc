"""The names of States: the OSCE's own words first, then those of the CLDR."""

import unicodedata
from collections.abc import Iterable
from functools import cache

from events_app.shared.datafile import Row, csv_rows
from events_app.words.catalogue import translation
from events_app.words.languages import DEFAULT_LANGUAGE, locale_of


def state_name(code: str, language: str, english: str = "") -> str:
    """Return the name of a State, by its ISO 3166-1 code; `english` is its name as corrected in the application."""
    name = english or english_name(code)
    if language == DEFAULT_LANGUAGE:
        return name
    return translation(language, name) or str(locale_of(language).territories.get(code, name))


def sorted_by_name(codes: Iterable[str], language: str) -> list[str]:
    """Return the codes in the alphabetical order of the names in a language."""
    return sorted(codes, key=lambda code: (collation_key(_sort_name(code, language)), code))


def english_name(code: str) -> str:
    """Return the English name of a State in our data, of another territory as the CLDR has it, or the code."""
    row = state_rows().get(code)
    return row.text("name") if row else str(locale_of(DEFAULT_LANGUAGE).territories.get(code, code))


@cache
def state_rows() -> dict[str, Row]:
    """Return the rows of `states.csv` by code."""
    return {row.text("code"): row for row in csv_rows("states.csv")}


def collation_key(name: str) -> str:
    """Return a text that sorts as a reader expects: accents, hyphens and the Arabic article do not count."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    words = "".join(sign if sign.isalnum() else " " for sign in plain.casefold()).split()
    return " ".join(word.removeprefix("ال") for word in words)


def _sort_name(code: str, language: str) -> str:
    row = state_rows().get(code)
    return row.text("sort_name") if row and language == DEFAULT_LANGUAGE else state_name(code, language)
