"""Nothing that people read is missing in a language: the messages of sources and templates against the catalogues."""

import importlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract
from jinja2.ext import babel_extract

from events_app.app import asset_folder
from events_app.web.consultations.problems import NOTHING_ANSWERED
from events_app.web.imports.wording import UNKNOWN
from events_app.words.catalogue import catalogue
from events_app.words.consultations import FORMER_OPTION, OPTION
from events_app.words.feeds import PERSONAL
from events_app.words.languages import DEFAULT_LANGUAGE, LANGUAGES

PACKAGE = Path(importlib.import_module("events_app").__file__ or "").parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "ngettext": (1, 2),
    "say": None,
    "say_count": (1, 2),
    "translate": (2,),
    "translate_plural": (2, 3),
}
TABLES = {
    "events_app.words.consultations": ("CONSULTATIONS", "OUTCOMES", "REACTIONS", "POLL_ANSWERS"),
    "events_app.web.consultations.problems": ("SENTENCES", "REFUSALS", "OVER"),
    "events_app.letters.consultation_words": ("HEADLINES", "SAID", "ENDINGS", "CONSEQUENCES"),
    "events_app.web.events.problems": ("SENTENCES",),
    "events_app.web.labels": ("LABELS",),
    "events_app.web.events.history": ("VERBS",),
    "events_app.words.clashes": ("SENTENCES",),
    "events_app.words.plan": ("SHORT", "MEETS", "RULES", "WRONG"),
    "events_app.web.plan.views.adopting": ("SENTENCES",),
    "events_app.words.attendance": ("ANSWERS", "SUGGESTIONS", "SUGGESTION_STATES"),
    "events_app.web.attendance.problems": ("SENTENCES",),
    "events_app.web.errors": ("TITLES", "SENTENCES", "REASONS"),
    "events_app.web.roster.views": ("SENTENCES",),
    "events_app.words.chairs": ("GROUPS",),
    "events_app.words.feeds": ("NAMES", "DESCRIPTIONS", "DETAIL_NAMES"),
    "events_app.web.feeds.forms": ("ALARM_NAMES",),
    "events_app.web.imports.wording": ("FILE_SENTENCES", "ITEM_SENTENCES"),
    "events_app.words.changes": ("HEADLINES", "PARTS"),
    "events_app.words.incoming": ("SORTS", "OUTCOMES"),
    "events_app.web.people.letter_choices": ("LEAD_SENTENCES", "QUIET_SENTENCES"),
    "events_app.web.letters.wording": ("STORIES", "ABSENCES", "OBSTACLES"),
    "events_app.web.reminders.sheet": ("SOURCES",),
    "events_app.words.preparation": ("STATES",),
    "events_app.words.holidays": ("LABELS", "RELATIONS"),
    "events_app.web.holidays.views": ("SENTENCES",),
    "events_app.words.letters": ("LETTERS", "REASONS", "STATES", "TROUBLES", "FAILURES"),
}

OTHERS = [language for language in LANGUAGES if language != DEFAULT_LANGUAGE]

Message = str | tuple[str, str]


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_of_code_and_templates_is_translated(language: str) -> None:
    catalog = catalogue(language)
    assert catalog is not None
    missing = [message for message in messages_in_use() if not _is_translated(catalog.get(message))]
    assert sorted(map(str, missing)) == []


def messages_in_use() -> set[Message]:
    """Return all messages of code and templates that a catalogue needs."""
    return {*_in_code(), *_in_templates(), *_in_tables()}


def _in_code() -> Iterator[Message]:
    for file in sorted(PACKAGE.rglob("*.py")):
        found = extract("python", io.BytesIO(file.read_bytes()), keywords=KEYWORDS)
        yield from (message for _, message, _, _ in found if message)


def _in_templates() -> Iterator[Message]:
    for file in sorted(Path(asset_folder("templates")).rglob("*.*")):
        found = babel_extract(io.BytesIO(file.read_bytes()), list(KEYWORDS), [], {"silent": "false"})
        for _, function, texts, _ in found:
            parts = [texts] if isinstance(texts, str) else [text for text in texts or () if text]
            yield from [(parts[0], parts[1])] if function == "ngettext" else parts[:1]


def _in_tables() -> Iterator[Message]:
    for module, names in TABLES.items():
        for name in names:
            yield from getattr(importlib.import_module(module), name).values()
    yield from (OPTION, FORMER_OPTION, NOTHING_ANSWERED)
    yield from (PERSONAL, UNKNOWN)


def _is_translated(message: object) -> bool:
    texts = getattr(message, "string", "") or ""
    return bool(texts) and all(texts if isinstance(texts, tuple) else (texts,))
