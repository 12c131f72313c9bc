"""Translations, read straight from the .po files: nothing is compiled, so nothing can be out of date."""

from collections.abc import Callable, Mapping
from functools import cache
from gettext import c2py
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po

from events_app.words.languages import DEFAULT_LANGUAGE, known_language

TRANSLATIONS = Path(__file__).parent.parent / "translations"


def translate(language: str, message: str, **values: object) -> str:
    """Return an English message in a language, its `{placeholders}` filled; English where a translation fails."""
    return _filled(translation(language, message) or message, message, values)


def translate_plural(language: str, one: str, many: str, count: int, **values: object) -> str:
    """Return the form that a count needs, with `{count}` filled; English where a translation fails."""
    english = one if count == 1 else many
    return _filled(_plural(language, one, many, count) or english, english, {"count": count, **values})


def translation(language: str, message: str) -> str | None:
    """Return what the catalogue says for a message, unfilled, or None."""
    catalog = catalogue(known_language(language))
    found = catalog.get(message) if catalog and message else None
    if found is None or found.fuzzy or not isinstance(found.string, str):
        return None
    return found.string or None


@cache
def catalogue(language: str) -> Catalog | None:
    """Return the catalogue of a language, or None for English."""
    if language == DEFAULT_LANGUAGE:
        return None
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def _plural(language: str, one: str, many: str, count: int) -> str | None:
    catalog = catalogue(known_language(language))
    found = catalog.get(one) if catalog else None
    # Tuples mark plural messages; one that shares only its singular with ours is another message.
    if not catalog or not found or found.id != (one, many) or not isinstance(found.string, tuple | list):
        return None
    forms, wanted = found.string, _plural_rule(catalog.plural_expr)(count)
    return forms[wanted] if wanted < len(forms) else None


@cache
def _plural_rule(expression: str) -> Callable[[int], int]:
    return c2py(expression)


def _filled(text: str, english: str, values: Mapping[str, object]) -> str:
    if not values:
        return text
    try:
        return text.format(**values)
    except (LookupError, ValueError, AttributeError, TypeError):
        return english.format(**values)
