"""What happens to events once they are agreed: the turns that a calendar program has to follow."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.models import Event
from events_app.events.rules.details import EventDetails, details_of
from events_app.events.rules.life import CANCEL, CONFIRM, POSTPONE, RESTORE

PLANNED = datetime(2025, 9, 1, 8, tzinfo=UTC)
DISTURBED = datetime(2025, 9, 15, 8, tzinfo=UTC)
CHANGED = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)


def timed(day: date, at: time, minutes: int, zone_name: str, **more: Any) -> EventDetails:
    """Return the details of an event that begins at a local time and really lasts so many minutes.

    The fold of the time counts; a time that the clocks skip is read as the clock before the change reads it.
    """
    zone = ZoneInfo(zone_name)
    starts_at = datetime.combine(day, at, zone).astimezone(UTC)
    start, end = starts_at.astimezone(zone), (starts_at + timedelta(minutes=minutes)).astimezone(zone)
    return details_with(
        starts_on=start.date(), start_time=start.time().replace(fold=0), start_fold=start.fold, time_zone=zone_name,
        ends_on=end.date(), end_time=end.time().replace(fold=0), end_fold=end.fold, **more,
    )  # fmt: skip


def details_with(**changes: Any) -> EventDetails:
    """Return the details of a public Mediterranean meeting, changed so."""
    usual: dict[str, Any] = {
        "kind_key": "contact-group-meeting", "group_keys": ("mediterranean",), "visibility": "public",
        "place": "Hofburg, Neuer Saal; 1st floor",
    }  # fmt: skip
    return EventDetails(**{**usual, **changes})


def cancel(session: Session, event: Event) -> None:
    """Cancel an event."""
    take_step(session, event, CANCEL, DISTURBED, reason="The Chair, alas; withdrew")


def postpone(session: Session, event: Event) -> None:
    """Postpone an event."""
    take_step(session, event, POSTPONE, DISTURBED)


def restore(session: Session, event: Event) -> None:
    """Cancel an event and bring it back."""
    cancel(session, event)
    take_step(session, event, RESTORE, CHANGED)


def move(session: Session, event: Event) -> None:
    """Move an event by a week, a timed one to the afternoon."""
    week, details = timedelta(days=7), details_of(event)
    moved = replace(details, starts_on=details.starts_on + week, ends_on=details.ends_on + week)
    if details.start_time is not None:
        start = datetime.combine(moved.starts_on, time(15, 20))
        moved = at_another_time(details, start, 95, details.time_zone)
    change_event(session, event, moved, event.version, CHANGED)


def move_to_another_zone(session: Session, event: Event) -> None:
    """Let an event be agreed on the clocks of Tashkent, at the same wall time."""
    details = details_of(event)
    moved = replace(details, time_zone="Asia/Tashkent")
    if details.start_time is not None:
        start = datetime.combine(details.starts_on, details.start_time)
        moved = at_another_time(details, start, 30, "Asia/Tashkent")
    change_event(session, event, moved, event.version, CHANGED)


def at_another_time(details: EventDetails, start: datetime, minutes: int, zone_name: str) -> EventDetails:
    """Return details of the same event that begins at another naive local time."""
    other = timed(start.date(), start.time(), minutes, zone_name)
    names = ("starts_on", "start_time", "start_fold", "ends_on", "end_time", "end_fold", "time_zone")
    return replace(details, **{name: getattr(other, name) for name in names})


def retitle(session: Session, event: Event) -> None:
    """Give an event another theme; its sequence stays."""
    details = details_of(event)
    change_event(session, event, replace(details, theme="Renamed: ε, я, ع, 名"), event.version, CHANGED)


def postpone_then_confirm(session: Session, event: Event) -> None:
    """Postpone an event, move it, confirm it anew."""
    postpone(session, event)
    move(session, event)
    take_step(session, event, CONFIRM, CHANGED)


def leave(session: Session, event: Event) -> None:
    """Leave an event as it was agreed."""


TURNS = (cancel, move, postpone, leave, restore, retitle, move_to_another_zone, postpone_then_confirm)
