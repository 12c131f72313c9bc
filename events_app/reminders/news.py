"""What is new about an event: as much of its history as everybody may read who sees the event now. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from events_app.events.models import CANCELLED, POSTPONED, Document, Event, EventChange
from events_app.events.rules.details import WHEN_FIELDS
from events_app.reminders.changes import SIGHT_FIELDS, Values, differing, values_before, values_of

OPENING = ("create", "propose", "confirm")
CHAIR = "chair"
NOT_FOR_ALL = frozenset({"joining_link"})


@dataclass(frozen=True)
class News:
    """What is new about an event: the entries of the history, what it was before them, the names of what differs."""

    event: Event
    entry_ids: tuple[int, ...]
    was: Values
    changed: frozenset[str]

    @property
    def is_moved(self) -> bool:
        """Whether it takes place at another time."""
        return not self.changed.isdisjoint(WHEN_FIELDS)

    @property
    def is_weighty(self) -> bool:
        """Whether somebody who did not hear of it would come in vain."""
        statuses = {self.was["status"], self.event.status} if "status" in self.changed else set()
        return self.is_moved or not statuses.isdisjoint({CANCELLED, POSTPONED})


def news_of(event: Event, history: Sequence[EventChange], since: datetime, until: datetime) -> News | None:
    """Return what is new about an event by what was entered in a span (its end excluded); the latest entry is first.

    It goes back no further than to the last change of who may see the event: what was before is not for everybody who
    sees it now.
    """
    readable = _readable(history, since)
    entries = [entry for entry in readable if entry.at < until]
    if not entries:
        return None
    was = values_before(event, readable)
    changed = {*differing(was, values_of(event)), *(CHAIR for entry in entries if CHAIR in entry.fields)} - NOT_FOR_ALL
    return News(event, tuple(entry.id for entry in entries), was, frozenset(changed)) if changed else None


def new_documents(event: Event, history: Iterable[EventChange], since: datetime, until: datetime) -> list[Document]:
    """Return the documents added in a span; an edited list of links is written anew, which makes nothing new."""
    known = {title for entry in history if entry.at >= since for title in _titles_before(entry)}
    return [d for d in event.documents if since <= d.added_at < until and d.title not in known]


def _readable(history: Iterable[EventChange], since: datetime) -> list[EventChange]:
    found = []
    for entry in history:
        if entry.at < since or not entry.fields.keys().isdisjoint({"visibility", *SIGHT_FIELDS}):
            break
        found.append(entry)
        if entry.verb in OPENING:
            break
    return found


def _titles_before(entry: EventChange) -> set[str]:
    before = entry.fields.get("documents", [[]])[0]
    return {row.get("title", "") for row in before or () if isinstance(row, dict)}
