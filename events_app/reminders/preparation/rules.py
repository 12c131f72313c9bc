"""The steps of one event: its kind's, as far as nothing else was said for the event, and its own. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from events_app.dates.wall_time import instant_of, local_of
from events_app.dates.working_days import working_day_on_or_before, working_days_after, working_days_before
from events_app.dates.zones import HOME_ZONE
from events_app.events.models import CONFIRMED, PROPOSED, Event
from events_app.reminders.models import PreparationStep
from events_app.reminders.rules import FIRES_AT

DONE, OVERDUE, THIS_WEEK, WAITING, LATER = "done", "overdue", "this-week", "waiting", "later"
ALIVE = (PROPOSED, CONFIRMED)
MOST_WORKING_DAYS, MOST_OWN_STEPS, LONGEST_NAME = 250, 30, 120
OWN = "own-"
LATE_AFTER = 2
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """A step of an event: `working_days` before (-) or after it, the day it is due, and what became of it.

    `name` is the kind's, in English, unless `is_worded` by the organisers; `is_moved` from the kind's day.
    """

    key: str
    name: str
    working_days: int
    due_on: date
    is_own: bool = False
    is_worded: bool = False
    is_moved: bool = False
    is_dropped: bool = False
    assigned_to_id: int | None = None
    done_at: datetime | None = None
    done_by_id: int | None = None
    changed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None and not self.is_dropped


def steps_of(event: Event, rows: Iterable[PreparationStep]) -> list[Step]:
    """Return the steps of an event in the order of their days, the dropped ones included."""
    by_key = {row.key: row for row in rows}
    usual = kind_steps(event)
    of_kind = [_step(event, key, name, days, by_key.get(key)) for key, (name, days) in usual.items()]
    own = [_own_step(event, row) for key, row in by_key.items() if key not in usual and row.name]
    return sorted([*of_kind, *own], key=lambda step: step.due_on)


def kind_steps(event: Event) -> dict[str, tuple[str, int]]:
    """Return the steps that an event's kind carries: {key: (name, working days)}."""
    return {str(step["key"]): (str(step["name"]), int(str(step["working_days"]))) for step in event.kind.steps}


def due_day(event: Event, working_days: int) -> date:
    """Return the day that lies so many Austrian working days before (-) the first or after the last day of an event."""
    if working_days > 0:
        return working_days_after(event.ends_on, working_days)
    return working_days_before(event.starts_on, -working_days)


def state_of(step: Step, today: date) -> str:
    """Return where a step stands: done, overdue, due in today's week (Monday to Sunday), waiting for someone, later."""
    if step.done_at is not None:
        return DONE
    if step.due_on < today:
        return OVERDUE
    if step.due_on <= today + (6 - today.weekday()) * DAY:
        return THIS_WEEK
    return WAITING if step.assigned_to_id is not None else LATER


def is_told_on(step: Step, day: date) -> bool:
    """Return whether a letter speaks of an open step on a day: when it is due, and again two working days later."""
    return day in (working_day_on_or_before(step.due_on), working_days_after(step.due_on, LATE_AFTER))


def told_at(day: date) -> datetime:
    """Return the instant at which the letter of a day goes: 09:00 in Vienna."""
    return instant_of(day, FIRES_AT, HOME_ZONE)


def day_in_vienna(now: datetime) -> date:
    """Return which day it is in Vienna."""
    return local_of(now, HOME_ZONE).date()


def free_key(keys: Iterable[str]) -> str:
    """Return a key that no step of an event has yet: `own-1`."""
    taken = set(keys)
    return next(key for n in range(1, len(taken) + 2) if (key := f"{OWN}{n}") not in taken)


def _step(event: Event, key: str, name: str, usual_days: int, row: PreparationStep | None) -> Step:
    if row is None:
        return Step(key, name, usual_days, due_day(event, usual_days))
    due_on, is_moved = due_day(event, row.working_days), row.working_days != usual_days
    is_worded = bool(row.name)
    return Step(key, row.name or name, row.working_days, due_on, False, is_worded, is_moved, **_facts(row))


def _own_step(event: Event, row: PreparationStep) -> Step:
    due_on = due_day(event, row.working_days)
    return Step(row.key, row.name, row.working_days, due_on, is_own=True, is_worded=True, **_facts(row))


def _facts(row: PreparationStep) -> dict[str, Any]:
    names = ("is_dropped", "assigned_to_id", "done_at", "done_by_id", "changed_at")
    return {name: getattr(row, name) for name in names}
