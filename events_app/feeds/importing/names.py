"""What kinds, groups and places are called, in all languages: for understanding files that name them in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy.orm import Session

from events_app.events.models import Kind, KindName, Venue
from events_app.events.queries import kind_names, kinds, venues
from events_app.partnership.known import KnownGroup
from events_app.partnership.queries import partnership
from events_app.partnership.rules import JOINT, Partnership
from events_app.words.catalogue import translate
from events_app.words.languages import LANGUAGES
from events_app.words.vocabulary import SUMMARIES, TITLE_WITH_THEME


@dataclass(frozen=True)
class Names:
    """Keys of kinds and groups by their names, venues by city and by full name, the facts about States."""

    kinds: Mapping[str, Kind]
    kind_keys: Mapping[str, str]
    group_keys: Mapping[str, tuple[str, ...]]
    prefixes: Mapping[str, tuple[str, ...]]
    cities: Mapping[str, Venue]
    venues: Mapping[str, Venue]
    facts: Partnership

    def kind_of(self, words: Iterable[str]) -> str | None:
        """Return the key of the one kind that is named among words, in any language; None if none or several are."""
        found = {self.kind_keys[folded(word)] for word in words if folded(word) in self.kind_keys}
        return found.pop() if len(found) == 1 else None

    def groups_of(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return the keys of the groups named among words, in any language, in their order."""
        found = {key for word in words for key in self.group_keys.get(folded(word), ())}
        return tuple(key for key in self.facts.groups if key in found)

    def all_groups_of(self, kind_key: str | None) -> tuple[str, ...] | None:
        """Return the groups of a kind that belongs to all of them, None for any other."""
        kind = self.kinds.get(kind_key or "")
        return tuple(self.facts.groups) if kind and kind.groups == "both" else None

    def theme_of(self, summary: str, kind_key: str | None) -> str:
        """Return what a composed title says beside status and kind, in any language."""
        title = _without(summary, status_prefixes())
        names = self.prefixes.get(kind_key or "", ())
        if folded(title) in {folded(name) for name in names[::2]}:
            return ""
        return _without(title, names[1::2])


def names_in(session: Session) -> Names:
    """Return all names, read once for a whole file."""
    facts, named, places = partnership(session), kind_names(session), venues(session)
    known = kinds(session)
    return Names(
        kinds={kind.key: kind for kind in known},
        kind_keys=_kind_keys(known, named),
        group_keys=_group_keys(list(facts.groups.values())),
        prefixes=_prefixes(named),
        cities={folded(venue.city): venue for venue in places if venue.name == venue.city},
        venues={folded(venue.full_name): venue for venue in places},
        facts=facts,
    )


def folded(word: str) -> str:
    """Return a name without regard to case and spacing."""
    return " ".join(word.split()).casefold()


@cache
def status_prefixes() -> tuple[str, ...]:
    """Return `Postponed: ` and `Cancelled: ` in all languages."""
    return tuple(translate(tongue, message, title="") for message in SUMMARIES.values() for tongue in LANGUAGES)


def _without(text: str, prefixes: Iterable[str]) -> str:
    """Return a text without the first of the prefixes with which it begins."""
    for prefix in prefixes:
        if prefix.strip() and text.startswith(prefix):
            return text.removeprefix(prefix).strip()
    return text.strip()


def _kind_keys(known: list[Kind], named: list[KindName]) -> dict[str, str]:
    """Return keys by name; a name that two kinds share in some language says nothing."""
    found: dict[str, set[str]] = {}
    for name in named:
        for tongue in LANGUAGES:
            found.setdefault(folded(translate(tongue, name.name)), set()).add(name.kind_key)
    certain = {name: min(keys) for name, keys in found.items() if len(keys) == 1}
    return {**certain, **{kind.key: kind.key for kind in known}}


def _group_keys(groups: list[KnownGroup]) -> dict[str, tuple[str, ...]]:
    named = {folded(translate(tongue, group.name)): (group.key,) for group in groups for tongue in LANGUAGES}
    return {**named, **{group.key: (group.key,) for group in groups}, JOINT: tuple(group.key for group in groups)}


def _prefixes(named: list[KindName]) -> dict[str, tuple[str, ...]]:
    """Return for each kind its names, each followed by the way in which a title with a theme begins."""
    found: dict[str, list[str]] = {}
    for name in named:
        for tongue in LANGUAGES:
            word = translate(tongue, name.name)
            found.setdefault(name.kind_key, []).extend((word, translate(tongue, TITLE_WITH_THEME, kind=word, theme="")))
    return {key: tuple(words) for key, words in found.items()}
