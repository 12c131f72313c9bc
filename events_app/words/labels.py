"""What things are called: kinds, groups, topics, statuses, visibilities, roles, languages."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from events_app.events.models import Kind, KindName
from events_app.partnership.rules import is_valid
from events_app.words import vocabulary
from events_app.words.catalogue import translate
from events_app.words.languages import known_language, locale_of

FIRST_CHAIRPERSONSHIP = 2024


class Named(Protocol):
    """A fact from the data files with its English name: a Contact Group, a topic, a priority."""

    @property
    def name(self) -> str: ...


def kind_name(kind: Kind, group_keys: tuple[str, ...], on: date | None, language: str) -> str:
    """Return what a kind is called for a single group (several or none: in general) on a day (None: today's name)."""
    wanted = group_keys[0] if len(group_keys) == 1 else ""
    return translate(language, _best_name(kind.names, wanted, on).name)


def group_name(group: Named, language: str) -> str:
    """Return the name of a Contact Group."""
    return translate(language, group.name)


def topic_name(topic: Named, language: str) -> str:
    """Return the name of a topic."""
    return translate(language, topic.name)


def priority_name(priority: Named, language: str) -> str:
    """Return what a group calls a topic that it cares about most."""
    return translate(language, priority.name)


def step_name(step: Mapping[str, object], language: str) -> str:
    """Return the name of a preparation step."""
    return translate(language, str(step["name"]))


def status_name(status: str, language: str) -> str:
    """Return the word for a status, `held` included."""
    return translate(language, vocabulary.STATUSES[status])


def visibility_name(visibility: str, language: str) -> str:
    """Return the word for a visibility."""
    return translate(language, vocabulary.VISIBILITIES[visibility])


def visibility_explanation(visibility: str, language: str) -> str:
    """Return one sentence on who can see an event of a visibility."""
    return translate(language, vocabulary.EXPLANATIONS[visibility])


def format_name(format_key: str, language: str) -> str:
    """Return the word for in person, online or hybrid."""
    return translate(language, vocabulary.FORMATS[format_key])


def document_type_name(type_key: str, language: str) -> str:
    """Return the word for a type of document."""
    return translate(language, vocabulary.DOCUMENT_TYPES[type_key])


def role_name(role: str, language: str) -> str:
    """Return the word for a role of a person, a host or a State."""
    return translate(language, vocabulary.ROLES[role])


def level_name(level: str, language: str) -> str:
    """Return the level at which a kind of event usually meets."""
    return translate(language, vocabulary.LEVELS[level])


def roster_status_name(status: str, language: str) -> str:
    """Return how sure a Chairmanship is, for running text."""
    return translate(language, vocabulary.ROSTER_STATUSES[status])


def language_name(code: str, language: str) -> str:
    """Return what one language is called in another."""
    return str(locale_of(language).languages[known_language(code)])


def to_be_determined(language: str) -> str:
    """Return the words for a chair that nobody has decided yet."""
    return translate(language, vocabulary.TO_BE_DETERMINED)


def chairmanship_word(year: int, language: str) -> str:
    """Return `Chairmanship` until 2023 and `Chairpersonship` from 2024, which are one thing."""
    is_recent = year >= FIRST_CHAIRPERSONSHIP
    return translate(language, vocabulary.CHAIRPERSONSHIP if is_recent else vocabulary.CHAIRMANSHIP)


def _best_name(names: list[KindName], group_key: str, on: date | None) -> KindName:
    def fitness(name: KindName) -> tuple[bool, bool, date]:
        return _is_in_use(name, on), name.group_key == group_key, name.valid_from

    general = [name for name in names if name.group_key in (group_key, "")]
    return max(general or names, key=fitness)


def _is_in_use(name: KindName, on: date | None) -> bool:
    return name.valid_to is None if on is None else is_valid(name.valid_from, name.valid_to, on)
