"""The history of an event in words: who did what when, what was and what is."""

from dataclasses import dataclass

from events_app.events.models import Event, EventChange
from events_app.events.queries import changes_of
from events_app.extensions import db
from events_app.people.queries import names_by_id
from events_app.rights.models import Action
from events_app.web.access import allowed
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
    hidden = set() if allowed(Action.SEE_JOINING_LINK, event) else {"joining_link"}
    return [_entry(entry, names, hidden) for entry in entries]


def _entry(entry: EventChange, names: dict[int, str], hidden: set[str]) -> HistoryEntry:
    fields = {name: values for name, values in entry.fields.items() if name not in hidden}
    return HistoryEntry(
        deed=say(VERBS[entry.verb]) if entry.verb in VERBS else entry.verb,
        person=names.get(entry.person_id or 0, ""),
        at=instant_text(entry.at, reader_zone(), language()),
        reason=entry.reason,
        changes=changes_in_words(fields),
    )
