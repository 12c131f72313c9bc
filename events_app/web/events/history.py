"""The history of an event in words: who did what when, what was and what is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from events_app.events.models import DRAFT, GROUP, PARTNERS, PROPOSED, PUBLIC, SECRETARIAT, Document, Event, EventChange
from events_app.events.queries import changes_of, event_by_id
from events_app.events.silence import entries_as_read
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
    "invite": "Contact points invited by mail",
    "withdraw": "Invitations withdrawn",
    "lose-silence": "No-objection procedure without a result: a backup was restored after its expiry",
    "confirm-by-silence": "Confirmed: the no-objection procedure expired without objection",
    "open-procedure": "No-objection procedure opened",
    "break-procedure": "No-objection procedure broken by an objection",
    "withdraw-procedure": "No-objection procedure withdrawn",
    "open-poll": "Poll on dates opened",
    "change-poll": "Dates of the poll changed",
    "settle-poll": "Date chosen from the poll",
    "withdraw-poll": "Poll on dates withdrawn",
    "new-clocks": "The clocks of its time zone follow other rules now",
    "new-chair": "Another chair, by a decision on the Chairpersonship",
}


INVITING = {"group_keys", "kind_key", "host_code", "co_host_codes"}


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
    entries = entries_as_read(event, changes_of(db.session(), event.id))
    names = names_by_id(db.session(), (entry.person_id for entry in entries))
    return [_entry(entry, names, hidden) for entry, hidden in _with_hidden_fields(entries, event)]


def _entry(entry: EventChange, names: dict[int, str], hidden: set[str]) -> HistoryEntry:
    fields = {name: values for name, values in entry.fields.items() if name not in hidden}
    return HistoryEntry(
        deed=say(VERBS[entry.verb]) if entry.verb in VERBS else entry.verb,
        person=names.get(entry.person_id or 0, ""),
        at=instant_text(entry.at, reader_zone(), language()),
        reason="" if "reason" in hidden else entry.reason,
        changes=changes_in_words({name: _worded(values) for name, values in fields.items()}),
    )


def _with_hidden_fields(entries: list[EventChange], event: Event) -> Iterator[tuple[EventChange, set[str]]]:
    """Go back from what the event is now and give each entry with what of it this reader may not read."""
    visibility, status, same_invited = event.visibility, event.status, True
    for entry in entries:
        after = _was_in_sight(entry, event, visibility, status, same_invited)
        visibility = entry.fields.get("visibility", [visibility])[0]
        status = entry.fields.get("status", [status])[0]
        same_invited = same_invited and INVITING.isdisjoint(entry.fields)
        before = _was_in_sight(entry, event, visibility, status, same_invited)
        yield entry, _hidden_fields(entry, event) if before and after else {*entry.fields, "reason"}


def _was_in_sight(entry: EventChange, event: Event, visibility: str, status: str, same_invited: bool) -> bool:
    """Return whether this reader may know of the event as it was: like a document of that visibility, no draft."""
    if allowed(Action.EDIT, event):
        return visibility != SECRETARIAT or current_reader().is_secretary
    was_published = event.published_at is not None and entry.at >= event.published_at and status != PROPOSED
    if visibility == PUBLIC and not was_published:
        visibility = PARTNERS
    is_closed = status == DRAFT or (visibility == GROUP and not same_invited)
    return not is_closed and may_see_document(current_reader(), Document(visibility=visibility), event, now())


def _hidden_fields(entry: EventChange, event: Event) -> set[str]:
    is_shown = {
        "joining_link": allowed(Action.SEE_JOINING_LINK, event),
        "guests": allowed(Action.SEE_ATTENDANCE, event),
        "documents": _sees_documents(entry, event),
        "parent_id": _sees_parents(entry),
    }
    return {name for name, shown in is_shown.items() if not shown}


def _sees_parents(entry: EventChange) -> bool:
    """Return whether this reader may see every event on whose margins the entry says that it stood or stands."""
    parents = [event_by_id(db.session(), number) for number in entry.fields.get("parent_id", ()) if number]
    return all(parent is not None and allowed(Action.SEE, parent) for parent in parents)


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
