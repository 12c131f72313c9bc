"""What letters of one batch share: the calendar as it stands, read once, and anew as soon as it has changed.

Each transaction asks for the calendar's stamp before it relies on anything kept, so that no letter goes by an event or
a roster of before. Reference data that only an upgrade changes (memberships, kinds, venues) is as old as the batch.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session, joinedload

from events_app.events.models import Event
from events_app.events.queries import event_by_id, ordinals
from events_app.feeds.queries import Stamp, calendar_stamp
from events_app.partnership.queries import partnership
from events_app.partnership.rules import Partnership
from events_app.people.models import Person
from events_app.rights.models import Reader
from events_app.rights.rules import reader_for

KEPT, ASKED = "calendar-at-hand", "calendar-asked"


@dataclass
class CalendarAtHand:
    """What was read of the calendar while it bore a stamp."""

    stamp: Stamp = ()
    partnership: Partnership | None = None
    events: dict[int, Event | None] = field(default_factory=dict)
    ordinals: dict[int, dict[int, int]] = field(default_factory=dict)


def shared_by_a_batch() -> dict[str, Any]:
    """Return what makes sessions (as their `info`) share what they read of the calendar."""
    return {KEPT: CalendarAtHand()}


def event_at_hand(session: Session, event_id: int) -> Event | None:
    """Return one event with everything that hangs on it, as it stands in this transaction."""
    kept = _kept(session)
    if kept is None:
        return event_by_id(session, event_id)
    if event_id not in kept.events:
        with _aside(session) as reading:
            kept.events[event_id] = event_by_id(reading, event_id)
    event = kept.events[event_id]
    if event is not None:
        session.add(event)
    return event


def partnership_at_hand(session: Session) -> Partnership:
    """Return all facts about States, groups and the roster, as they stand in this transaction."""
    kept = _kept(session)
    if kept is None:
        return partnership(session)
    if kept.partnership is None:
        with _aside(session) as reading:
            kept.partnership = partnership(reading)
    return kept.partnership


def ordinals_at_hand(session: Session, year: int) -> dict[int, int]:
    """Return {event id: ordinal} of a year's public meetings, as they stand in this transaction."""
    kept = _kept(session)
    if kept is None:
        return ordinals(session, year)
    if year not in kept.ordinals:
        with _aside(session) as reading:
            kept.ordinals[year] = ordinals(reading, year)
    return kept.ordinals[year]


def reader_at_hand(session: Session, person: Person, now: datetime) -> Reader:
    """Return what a person may rely on today."""
    return reader_for(person, partnership_at_hand(session), now.date())


def person_with_posts(session: Session, person_id: int | None) -> Person | None:
    """Return a person and what they hold, read for this letter, in one query."""
    return session.get(Person, person_id or 0, options=[joinedload(Person.posts)])


def _kept(session: Session) -> CalendarAtHand | None:
    """Return what may be relied on in this transaction, emptied if the calendar has changed; None: nothing is kept."""
    kept: CalendarAtHand | None = session.info.get(KEPT)
    if kept is not None and session.info.get(ASKED) is not session.get_transaction():
        session.info[ASKED] = session.get_transaction()
        stamp = calendar_stamp(session)
        if stamp != kept.stamp:
            kept.stamp, kept.partnership = stamp, None
            kept.events.clear()
            kept.ordinals.clear()
    return kept


def _aside(session: Session) -> Session:
    """Return a session that reads in the same transaction: if that is undone, what is kept stays as it was read."""
    return Session(session.connection())
