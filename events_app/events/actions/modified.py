"""Noting for whom a change shows in calendars: it moves LAST-MODIFIED there, and only there."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified

from events_app.events.models import CANCELLED, CONFIRMED, POSTPONED, PUBLIC, Event
from events_app.events.rules.details import INNER_FIELDS, UNSHOWN_FIELDS

HOSTS = {"host_code", "co_host_codes"}  # an entry names them only where they chair


def note_shown(event: Event, now: datetime) -> None:
    """Note a change that shows to everybody who sees the event."""
    event.changed_at = event.modified_at = now


def note_inner(event: Event, now: datetime) -> None:
    """Note a change that shows to delegations only."""
    event.changed_at = event.inner_modified_at = now


def note_beside(event: Event, now: datetime) -> None:
    """Note a change of what personal feeds show beside an event: what was made of the calendar is made anew."""
    event.changed_at = now
    # Two changes within one instant are two versions: what feeds rest on must move with each.
    flag_modified(event, "changed_at")


def note_changed(event: Event, fields: Iterable[str], now: datetime) -> None:
    """Note a change of these fields, as far as they show in a calendar."""
    shown = set(fields) - set(UNSHOWN_FIELDS) - (set() if event.kind.chairing == "host" else HOSTS)
    if not shown:
        event.changed_at = now
    elif shown <= set(INNER_FIELDS):
        note_inner(event, now)
    else:
        note_shown(event, now)


def note_parent(event: Event, was_public: bool, now: datetime) -> None:
    """Note on what stands on an event's margins that other readers may see the event now: their entries name it."""
    note = note_inner if is_public(event) == was_public else note_shown
    for child in event.children:
        note(child, now)


def is_public(event: Event) -> bool:
    """Return whether everybody may see an event; the same as `rights.queries.is_public_event`."""
    was_published = event.published_at is not None and event.status in (CONFIRMED, POSTPONED, CANCELLED)
    return event.visibility == PUBLIC and was_published
