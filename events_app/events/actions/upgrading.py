"""What an upgrade changes of events: instants under a new tz database, words under new data files."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from events_app.dates.errors import SkippedTimeError
from events_app.events.actions.modified import note_shown
from events_app.events.actions.writing import derive_instants, record_change
from events_app.events.models import Event, Kind, Venue
from events_app.partnership.models import ContactGroup

Words = dict[tuple[str, str], object]


def derive_all_instants(session: Session, now: datetime) -> list[Event]:
    """Derive the instants of all events from what was agreed, and return those that a new tz database moved.

    Their sequence rises. A local time that no longer exists keeps its old instants: somebody has to move it.
    """
    moved = []
    for event in session.scalars(select(Event).order_by(Event.id)):
        was = event.starts_at, event.ends_at
        try:
            derive_instants(event)
        except SkippedTimeError:
            event.starts_at, event.ends_at = was
        if was != (event.starts_at, event.ends_at):
            _note_moved(session, event, was, now)
            moved.append(event)
    return moved


def words_of_facts(session: Session) -> Words:
    """Return what calendars say of kinds, groups and venues, by table and key."""
    kinds = session.scalars(select(Kind).options(selectinload(Kind.names)))
    words: Words = {("kind", k.key): (k.is_transparent, tuple(_name(name) for name in k.names)) for k in kinds}
    words |= {("group", group.key): group.name for group in session.scalars(select(ContactGroup))}
    return words | {("venue", venue.key): venue.full_name for venue in session.scalars(select(Venue))}


def note_new_words(session: Session, before: Words, now: datetime) -> list[Event]:
    """Note on the events whose kind, group or venue is called otherwise than `before` that they show so."""
    after = words_of_facts(session)
    changed = {key for key, words in before.items() if after.get(key) != words}
    if not changed:
        return []
    rows = select(Event).options(selectinload(Event.groups)).order_by(Event.id)
    events = [event for event in session.scalars(rows) if changed & _facts_of(event)]
    for event in events:
        note_shown(event, now)
    session.flush()
    return events


def _note_moved(session: Session, event: Event, was: tuple[datetime, datetime], now: datetime) -> None:
    event.sequence += 1
    event.scheduled_at = now
    note_shown(event, now)
    fields = {"starts_at": [was[0].isoformat(), event.starts_at.isoformat()]}
    record_change(session, event, "new-clocks", None, now, fields=fields)


def _facts_of(event: Event) -> set[tuple[str, str]]:
    keys = {("kind", event.kind_key), *(("group", key) for key in event.group_keys)}
    return keys | ({("venue", event.venue_key)} if event.venue_key else set())


def _name(name: object) -> tuple[object, ...]:
    return tuple(getattr(name, field) for field in ("group_key", "name", "valid_from", "valid_to"))
