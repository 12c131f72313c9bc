"""A decision on a Chairmanship, told to every event that depends on it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from events_app.events.actions.modified import note_shown
from events_app.events.actions.writing import record_change
from events_app.events.models import Event
from events_app.events.queries import events_depending_on
from events_app.events.rules.table import chair_line
from events_app.partnership.actions import RosterEntry, record_chairmanship
from events_app.partnership.queries import partnership
from events_app.partnership.rules import Partnership

Chairs = dict[int, tuple[str, ...]]


def record_decision(
    session: Session, entry: RosterEntry, now: datetime, *, person_id: int | None = None
) -> list[Event]:
    """Write one year of the roster and return the events whose chair it changed. Raises ChairmanshipError."""
    events = events_depending_on(session, entry.year)
    before = chairs_of(session, events)
    record_chairmanship(session, entry, person_id, now)
    return note_new_chairs(session, events, before, now, person_id=person_id)


def chairs_of(session: Session, events: Iterable[Event]) -> Chairs:
    """Return the States that chair each event, an empty text where nobody is known to."""
    facts = partnership(session)
    return {event.id: _chair_codes(event, facts) for event in events}


def note_new_chairs(
    session: Session, events: Iterable[Event], before: Chairs, now: datetime, *, person_id: int | None = None
) -> list[Event]:
    """Note on the events that are chaired otherwise than `before` that they are, and return them.

    Each of them says so in its history and counts as modified; the sequence stays.
    """
    events = list(events)
    after = chairs_of(session, events)
    changed = [event for event in events if before[event.id] != after[event.id]]
    for event in changed:
        note_shown(event, now)
        fields = {"chair": [list(before[event.id]), list(after[event.id])]}
        record_change(session, event, "new-chair", person_id, now, fields=fields)
    return changed


def _chair_codes(event: Event, facts: Partnership) -> tuple[str, ...]:
    return tuple((chair.is_decided and chair.state_code) or "" for chair in chair_line(event, facts).chairs)
