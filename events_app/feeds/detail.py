"""How much a personal feed tells: that time is taken, what kind of event, or everything its owner may see."""

from dataclasses import replace

from events_app.events.models import Event
from events_app.feeds.models import BUSY, FULL
from events_app.ics.entry import Entry
from events_app.words.catalogue import translate
from events_app.words.labels import kind_name
from events_app.words.titles import with_status


def in_detail(entry: Entry, event: Event, detail: str) -> Entry:
    """Return the entry of an event with as much as a detail (busy, title, full) lets out."""
    if detail == FULL:
        return entry
    return _as_busy(entry, event) if detail == BUSY else _as_title(entry, event)


def busy_summary(language: str) -> str:
    """Return what is said of an event of which only its time is told."""
    return translate(language, "Busy")


def _as_busy(entry: Entry, event: Event) -> Entry:
    summary = with_status(busy_summary(entry.language), event.status, entry.language)
    return replace(
        entry, summary=summary, description="", location="", url="", categories=(), conference=None, parent_uid=None,
        color=None,
    )  # fmt: skip


def _as_title(entry: Entry, event: Event) -> Entry:
    kind = kind_name(event.kind, event.group_keys, event.starts_on, entry.language)
    summary = with_status(kind, event.status, entry.language)
    return replace(entry, summary=summary, description=entry.url, conference=None)
