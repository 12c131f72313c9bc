"""Several things in one sentence: with the comma, or the semicolon, of the language."""

from collections.abc import Iterable

COMMAS, SEMICOLONS = {"ar": "، "}, {"ar": "؛ "}


def listed(items: Iterable[str], language: str) -> str:
    """Return names one after another."""
    return COMMAS.get(language, ", ").join(items)


def listed_apart(items: Iterable[str], language: str) -> str:
    """Return phrases one after another that may hold commas themselves."""
    return SEMICOLONS.get(language, "; ").join(items)
