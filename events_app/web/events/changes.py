"""What was and what is, in words: for the history of an event and for a stale edit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeVar

from events_app.events.models import Event, Kind, Topic, Venue
from events_app.extensions import db
from events_app.partnership.models import ContactGroup
from events_app.web.context import language, say
from events_app.web.labels import LABELS
from events_app.words.dates import day_text, time_text
from events_app.words.labels import (
    format_name,
    group_name,
    kind_name,
    language_name,
    status_name,
    to_be_determined,
    topic_name,
    visibility_name,
)
from events_app.words.lists import listed, listed_apart
from events_app.words.states import state_name
from events_app.words.titles import event_title

Row = TypeVar("Row")


@dataclass(frozen=True)
class Change:
    """One field in words: its label, what was, what is."""

    label: str
    was: str
    now_is: str


def changes_in_words(fields: dict[str, list[Any]]) -> list[Change]:
    """Return {field: [was, is]} as lines in the language of the page."""
    return [
        Change(say(LABELS[name]), _value(name, was), _value(name, now_is)) for name, (was, now_is) in fields.items()
    ]


def _value(name: str, value: Any) -> str:
    if name == "chair":
        names = (state_name(code, language()) if code else to_be_determined(language()) for code in value)
        return listed(names, language())
    if isinstance(value, list):
        return listed_apart((_item(name, item) for item in value), language()) or say("nothing")
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return _item(name, value) if value not in (None, "") else say("nothing")


def _item(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values() if part)
    return WORDS[name](value) if name in WORDS else str(value)


def _state(code: str) -> str:
    return state_name(code, language())


def _named(table: type[Row], key: Any, name: Callable[[Row], str]) -> str:
    """Return what the row of a key is called; the key itself if it is no longer there."""
    row = db.session.get(table, key)
    return name(row) if row is not None else str(key)


WORDS: dict[str, Callable[[Any], str]] = {
    "status": lambda value: status_name(value, language()),
    "starts_on": lambda value: day_text(date.fromisoformat(value), language()),
    "ends_on": lambda value: day_text(date.fromisoformat(value), language()),
    "answer_by": lambda value: day_text(date.fromisoformat(value), language()),
    "start_time": lambda value: time_text(time.fromisoformat(value), language()),
    "end_time": lambda value: time_text(time.fromisoformat(value), language()),
    "visibility": lambda value: visibility_name(value, language()),
    "format": lambda value: format_name(value, language()),
    "theme_language": lambda value: language_name(value, language()),
    "interpretation": lambda value: language_name(value, language()),
    "host_code": _state,
    "kind_key": lambda key: _named(Kind, key, lambda kind: kind_name(kind, (), None, language())),
    "group_keys": lambda key: _named(ContactGroup, key, lambda group: group_name(group, language())),
    "topic_keys": lambda key: _named(Topic, key, lambda topic: topic_name(topic, language())),
    "parent_id": lambda key: _named(Event, key, lambda event: event_title(event, language())),
    "venue_key": lambda key: _named(Venue, key, lambda venue: venue.full_name),
    "co_host_codes": _state,
    "chair_override_code": _state,
}
