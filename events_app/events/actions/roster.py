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


def record_decision(
    session: Session, entry: RosterEntry, now: datetime, *, person_id: int | None = None
) -> list[Event]:
    """Write one year of the roster and return the events whose chair it changed.

    Each of them says so in its history and counts as modified; the sequence stays. Raises ChairmanshipError.
    """
    events = events_depending_on(session, entry.year)
    before = _chairs(events, partnership(session))
    record_chairmanship(session, entry, person_id, now)
    after = _chairs(events, partnership(session))
    changed = [event for event in events if before[event.id] != after[event.id]]
    for event in changed:
        note_shown(event, now)
        fields = {"chair": [list(before[event.id]), list(after[event.id])]}
        record_change(session, event, "new-chair", person_id, now, fields=fields)
    return changed


def _chairs(events: Iterable[Event], facts: Partnership) -> dict[int, tuple[str, ...]]:
    return {event.id: _chair_codes(event, facts) for event in events}


def _chair_codes(event: Event, facts: Partnership) -> tuple[str, ...]:
    """Return the States that chair, an empty text where nobody is known to."""
    return tuple((chair.is_decided and chair.state_code) or "" for chair in chair_line(event, facts).chairs)
