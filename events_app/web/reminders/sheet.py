"""Rules and postings of reminders as pages show them."""

from dataclasses import dataclass

from events_app.events.models import Event, Kind
from events_app.reminders.preview import Posting
from events_app.reminders.rules import ANY_GROUP, PARTS, DayRules, days_and_source, usual_days
from events_app.web.access import current_reader
from events_app.web.context import language, say, say_count
from events_app.web.reminders.forms import days_text
from events_app.words.dates import instant_text
from events_app.words.labels import group_name, kind_name
from events_app.words.titles import event_title

SOURCES = {
    "event": "decided for this event",
    "group": "decided for this kind in this group",
    "kind": "decided for this kind",
    "data": "as the data say",
}


@dataclass(frozen=True)
class PostingRow:
    """Letters that go together: the event, how many people and when, and their names."""

    event: str
    sentence: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class KindRow:
    """The days of a kind, in a group (empty: in any), by part, with what says so."""

    kind_key: str
    kind: str
    group_key: str
    group: str
    days: dict[str, tuple[str, str]]


def posting_rows(postings: list[Posting]) -> list[PostingRow]:
    """Return postings in words: `14 people on Wednesday, 3 March 2027, 09:00 (Austria)`."""
    return [
        PostingRow(event_title(p.event, language()), _sentence(p), tuple(person.name for person in p.people))
        for p in postings
    ]


def days_in_force(event: Event, rules: DayRules) -> dict[str, tuple[str, str]]:
    """Return by part the days of an event and what says so."""
    return {part: _in_words(*days_and_source(event, part, rules)) for part in PARTS}


def kind_rows(kinds: list[Kind], group_keys: list[str], rules: DayRules) -> list[KindRow]:
    """Return a row for each kind, and one for each group in which it meets alone or has days of its own."""
    return [kind_row(kind, key, rules) for kind in kinds for key in [ANY_GROUP, *_groups(kind, group_keys, rules)]]


def _groups(kind: Kind, group_keys: list[str], rules: DayRules) -> list[str]:
    decided = {key[1] for key in rules.by_kind if key[0] == kind.key}
    return [key for key in group_keys if kind.groups == "one" or key in decided]


def kind_row(kind: Kind, group_key: str, rules: DayRules) -> KindRow:
    """Return the row of a kind in a group (empty: in any)."""
    keys = (group_key,) if group_key else ()
    days = {part: _in_words(*usual_days(kind, keys, part, rules)) for part in PARTS}
    return KindRow(kind.key, kind_name(kind, keys, None, language()), group_key, group_text(group_key), days)


def group_text(group_key: str) -> str:
    """Return the name of a group; empty for any."""
    return group_name(current_reader().partnership.groups[group_key], language()) if group_key else ""


def _in_words(days: tuple[int, ...], source: str) -> tuple[str, str]:
    return days_text(days) or say("none"), say(SOURCES[source])


def _sentence(posting: Posting) -> str:
    count = len(posting.people)
    if posting.is_now:
        return say_count("{count} person at once", "{count} people at once", count)
    at = instant_text(posting.at, posting.event.time_zone, language())
    return say_count("{count} person on {at}", "{count} people on {at}", count, at=at)
