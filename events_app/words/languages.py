"""The seven languages: which there are, how they call themselves, which one a reader prefers."""

from collections.abc import Iterator
from functools import cache

from babel import Locale

from events_app.shared.errors import DomainError

LANGUAGES = ("en", "fr", "de", "it", "es", "ru", "ar")
DEFAULT_LANGUAGE = "en"
LANGUAGE_NAMES = {
    "en": "English",
    "fr": "Français",
    "de": "Deutsch",
    "it": "Italiano",
    "es": "Español",
    "ru": "Русский",
    "ar": "العربية",
}
LONGEST_HEADER = 1000


class UnknownLanguageError(DomainError):
    """The calendar does not speak this language."""

    def __init__(self, code: str) -> None:
        super().__init__(f"there is no language {code!r}")
        self.code = code


def known_language(code: str) -> str:
    """Return the code of one of the seven languages; raises UnknownLanguageError."""
    if code not in LANGUAGES:
        raise UnknownLanguageError(code)
    return code


def direction(language: str) -> str:
    """Return `rtl` or `ltr`, the direction in which a language is written."""
    return locale_of(language).text_direction


def best_language(accept: str | None) -> str:
    """Return the language that an Accept-Language header (RFC 9110, 12.5.4) likes best, or English."""
    wishes = sorted(_wishes((accept or "")[:LONGEST_HEADER]), key=lambda wish: -wish[1])
    return next((language for language, weight in wishes if weight > 0), DEFAULT_LANGUAGE)


@cache
def locale_of(language: str) -> Locale:
    """Return the locale that dates and names follow; English as it is written in Vienna is British."""
    code = known_language(language)
    return Locale.parse("en_GB" if code == "en" else code)


def _wishes(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        tag, _, parameter = part.partition(";")
        language = tag.strip().lower().partition("-")[0]
        if language == "*":
            language = DEFAULT_LANGUAGE
        if language in LANGUAGES:
            yield language, _weight(parameter)


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
