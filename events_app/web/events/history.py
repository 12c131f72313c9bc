"""The history of an event in words: who did what when, what was and what is."""

from dataclasses import dataclass
from typing import Any

from events_app.events.models import Document, Event, EventChange
from events_app.events.queries import changes_of
from events_app.extensions import db
from events_app.people.queries import names_by_id
from events_app.rights.models import Action
from events_app.rights.rules import may_see_document
from events_app.web.access import allowed, current_reader, now
from events_app.web.context import language, reader_zone, say
from events_app.web.events.changes import Change, changes_in_words
from events_app.words.dates import instant_text

VERBS = {
    "create": "Drafted",
    "change": "Changed",
    "propose": "Proposed",
    "confirm": "Confirmed",
    "postpone": "Postponed",
    "cancel": "Cancelled",
    "restore": "Restored",
    "new-chair": "Another chair, by a decision on the Chairpersonship",
}


@dataclass(frozen=True)
class HistoryEntry:
    """One entry: the deed, who did it (empty: the calendar itself), when, why, and what differs."""

    deed: str
    person: str
    at: str
    reason: str
    changes: list[Change]


def history_of(event: Event) -> list[HistoryEntry]:
    """Return the history of an event, the latest first."""
    entries = changes_of(db.session(), event.id)
    names = names_by_id(db.session(), (entry.person_id for entry in entries))
    return [_entry(entry, names, _hidden_fields(entry, event)) for entry in entries]


def _entry(entry: EventChange, names: dict[int, str], hidden: set[str]) -> HistoryEntry:
    fields = {name: values for name, values in entry.fields.items() if name not in hidden}
    return HistoryEntry(
        deed=say(VERBS[entry.verb]) if entry.verb in VERBS else entry.verb,
        person=names.get(entry.person_id or 0, ""),
        at=instant_text(entry.at, reader_zone(), language()),
        reason=entry.reason,
        changes=changes_in_words({name: _worded(values) for name, values in fields.items()}),
    )


def _hidden_fields(entry: EventChange, event: Event) -> set[str]:
    link = set() if allowed(Action.SEE_JOINING_LINK, event) else {"joining_link"}
    return link if _sees_documents(entry, event) else {*link, "documents"}


def _sees_documents(entry: EventChange, event: Event) -> bool:
    """Return whether this reader may see every file that an entry names, those removed since included."""
    named = [row for rows in entry.fields.get("documents", ()) for row in rows]
    files = [Document(visibility=row.get("visibility", "")) for row in named]
    return all(may_see_document(current_reader(), file, event, now()) for file in files)


def _worded(values: list[Any]) -> list[Any]:
    """Return what was and what is without that which is only kept to decide who may read it."""
    return [[_without_visibility(row) for row in value] if isinstance(value, list) else value for value in values]


def _without_visibility(row: Any) -> Any:
    return {name: part for name, part in row.items() if name != "visibility"} if isinstance(row, dict) else row
