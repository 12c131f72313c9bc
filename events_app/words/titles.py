"""Composed titles: the kind with its group, then the theme in its own language."""

from events_app.events.models import Event
from events_app.words import vocabulary
from events_app.words.catalogue import translate
from events_app.words.labels import kind_name


def event_title(event: Event, language: str) -> str:
    """Return `Meeting of the Mediterranean Contact Group: Water management`; ordinals are no part of a title."""
    kind = kind_name(event.kind, event.group_keys, event.starts_on, language)
    if not event.theme:
        return kind
    return translate(language, vocabulary.TITLE_WITH_THEME, kind=kind, theme=event.theme)


def feed_summary(event: Event, status: str, language: str) -> str:
    """Return the title, with `Postponed:`, `Cancelled:` or `Draft:` first where the status says so."""
    return with_status(event_title(event, language), status, language)


def with_status(title: str, status: str, language: str) -> str:
    """Return a title with the word for a status first, where calendar programs would not show it."""
    message = vocabulary.SUMMARIES.get(status)
    return translate(language, message, title=title) if message else title


def ordinal_phrase(kind_key: str, ordinal: int, year: int, language: str) -> str:
    """Return `third meeting of 2027`; after the twelfth `meeting no. 13 of 2027`."""
    noun = vocabulary.ORDINAL_NOUNS.get(kind_key, vocabulary.MEETING)
    return translate(language, vocabulary.ordinal_message(noun, ordinal), number=ordinal, year=year)
