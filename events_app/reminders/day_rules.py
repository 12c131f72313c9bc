"""Deciding on which days before an event people are reminded; what waits and is no longer due is taken back."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from events_app.events.models import CONFIRMED, Event, Kind
from events_app.events.queries import events
from events_app.mail.actions import supersede
from events_app.mail.kinds import EVENT_REMINDER
from events_app.mail.models import PENDING, OutboxMessage
from events_app.mail.rules import NOT_IN_RULES
from events_app.reminders.errors import UnfitDaysError
from events_app.reminders.models import ReminderRule
from events_app.reminders.queries import audience, readers_to_remind
from events_app.reminders.rules import MOST_DAYS, MOST_RULES, DayRules, Days, PartDays, in_order, reminders_due
from events_app.trail.actions import record_deed


def set_days_of_event(
    session: Session, event: Event, days: PartDays, now: datetime, *, by_id: int | None = None
) -> int:
    """Give an event its own days by part (None: as its kind has them); return how many waiting letters are taken back.

    Raises UnfitDaysError.
    """
    _replace(session, days, event_id=event.id)
    record_deed(session, by_id, "set-reminders", "event", event.id, now)
    return take_back(session, [event], now)


def set_days_of_kind(
    session: Session, kind: Kind, group_key: str, days: PartDays, now: datetime, *, by_id: int | None = None
) -> int:
    """Give a kind, in a group or (empty) in any, its days by part (None: as before); return how many are taken back.

    Raises UnfitDaysError.
    """
    _replace(session, days, kind_key=kind.key, group_key=group_key)
    record_deed(session, by_id, "set-reminders", "kind", f"{kind.key} {group_key}".strip()[:40], now)
    ahead = events().where(Event.kind_key == kind.key, Event.starts_at > now, Event.status == CONFIRMED)
    return take_back(session, session.scalars(ahead).all(), now)


def take_back(session: Session, about: Iterable[Event], now: datetime) -> int:
    """Supersede the waiting reminders of these events that the rules no longer ask for; return how many.

    If the rules return, deriving revives them.
    """
    dropped = no_longer_due(session, about, now)
    for message in dropped:
        supersede(session, message, now, NOT_IN_RULES)
    return len(dropped)


def no_longer_due(
    session: Session, about: Iterable[Event], now: datetime, rules: DayRules | None = None
) -> list[OutboxMessage]:
    """Return the waiting reminders of these events that the rules (None: those in force) do not ask for."""
    known, who = {event.id: event for event in about}, audience(session, now, rules)
    kept = {
        (event.id, person.id, due.days)
        for event in known.values()
        for person, days, _ in readers_to_remind(event, who)
        for due in reminders_due(event, days)
    }
    waiting = (OutboxMessage.state == PENDING, OutboxMessage.letter == EVENT_REMINDER)
    rows = session.scalars(select(OutboxMessage).where(*waiting, OutboxMessage.event_id.in_(known)).with_for_update())
    return [row for row in rows if (row.event_id, row.person_id, row.facts.get("days")) not in kept]


def checked_days(days: Iterable[int]) -> Days:
    """Return days before an event in order; raises UnfitDaysError if there are too many or one is out of range."""
    found = in_order(days)
    if len(found) > MOST_RULES or any(not 0 <= n <= MOST_DAYS for n in found):
        raise UnfitDaysError(found)
    return found


def _replace(
    session: Session, days: PartDays, *, event_id: int | None = None, kind_key: str | None = None, group_key: str = ""
) -> None:
    place = {"event_id": event_id, "kind_key": kind_key, "group_key": group_key}
    chosen = {part: checked_days(found) for part, found in days.items() if found is not None}
    # None is no value that a unique constraint compares: what was there goes first.
    old = [getattr(ReminderRule, name).is_not_distinct_from(value) for name, value in place.items()]
    session.execute(delete(ReminderRule).where(*old, ReminderRule.part.in_(days)))
    session.add_all(ReminderRule(**place, part=part, days=list(found)) for part, found in chosen.items())
    session.flush()
