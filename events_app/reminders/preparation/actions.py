"""Working on the steps of an event: ticking, assigning, moving, dropping, adding; twice is as good as once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.reminders.errors import InvalidStepError, UnknownStepError
from events_app.reminders.models import PreparationStep
from events_app.reminders.preparation.queries import organisers_of, steps_of_event
from events_app.reminders.preparation.rules import (
    LONGEST_NAME,
    MOST_OWN_STEPS,
    MOST_WORKING_DAYS,
    Step,
    free_key,
    kind_steps,
)
from events_app.reminders.queries import audience
from events_app.trail.actions import record_deed


@dataclass(frozen=True)
class StepEntry:
    """What is entered of a step: working days before (-) or after, whose it is, and the name of an event's own step."""

    working_days: int
    assigned_to_id: int | None = None
    name: str = ""


def tick_step(session: Session, event: Event, key: str, now: datetime, *, by_id: int | None = None) -> None:
    """Note that a step is done; who ticked it first stays. Raises UnknownStepError."""
    step = _step_to_change(session, event, key)
    if step.done_at is None:
        _write(session, event, step, now, done_at=now, done_by_id=by_id)
        _record(session, by_id, "tick-step", event, key, now)


def untick_step(session: Session, event: Event, key: str, now: datetime, *, by_id: int | None = None) -> None:
    """Note that a step is still to be done after all; raises UnknownStepError."""
    step = _step_to_change(session, event, key)
    if step.done_at is not None:
        _write(session, event, step, now, done_at=None, done_by_id=None)
        _record(session, by_id, "untick-step", event, key, now)


def change_step(
    session: Session, event: Event, key: str, entry: StepEntry, now: datetime, *, by_id: int | None = None
) -> None:
    """Assign a step to an organiser or nobody, give it another day, and an own one another name.

    Raises UnknownStepError, InvalidStepError.
    """
    step = _step_to_change(session, event, key)
    _check(session, event, entry, now, was=step)
    if entry.assigned_to_id != step.assigned_to_id:
        _write(session, event, step, now, assigned_to_id=entry.assigned_to_id)
        _record(session, by_id, "assign-step", event, key, now)
    name = entry.name if step.is_own else ""
    if (entry.working_days, name) != (step.working_days, step.name if step.is_own else ""):
        _write(session, event, step, now, working_days=entry.working_days, name=name)
        _record(session, by_id, "change-step", event, key, now)


def add_step(session: Session, event: Event, entry: StepEntry, now: datetime, *, by_id: int | None = None) -> str:
    """Give an event a step of its own and return its key; the same one is not added twice. Raises InvalidStepError."""
    steps = _locked_steps(session, event)
    _check(session, event, entry, now)
    own = [step for step in steps if step.is_own]
    for step in own:
        if (step.name, step.working_days) == (entry.name, entry.working_days):
            return step.key
    if len(own) >= MOST_OWN_STEPS:
        raise InvalidStepError("name", "too-many")
    key = free_key(step.key for step in steps)
    session.add(PreparationStep(event_id=event.id, key=key, changed_at=now, **vars(entry)))
    _record(session, by_id, "add-step", event, key, now)
    return key


def drop_step(session: Session, event: Event, key: str, now: datetime, *, by_id: int | None = None) -> None:
    """Leave out a step of the kind, which can be restored, or delete one of the event's own.

    Raises UnknownStepError.
    """
    step = _known(_locked_steps(session, event), key)
    if step.is_own:
        session.execute(delete(PreparationStep).filter_by(event_id=event.id, key=key))
    elif not step.is_dropped:
        _write(session, event, step, now, is_dropped=True)
    if not step.is_dropped:
        _record(session, by_id, "drop-step", event, key, now)


def restore_steps(session: Session, event: Event, now: datetime, *, by_id: int | None = None) -> None:
    """Let an event have all steps of its kind on the kind's days again; ticks, assignments and own steps stay."""
    usual = kind_steps(event)
    changed = [step for step in _locked_steps(session, event) if not step.is_own and (step.is_dropped or step.is_moved)]
    for step in changed:
        _write(session, event, step, now, is_dropped=False, working_days=usual[step.key][1])
    if changed:
        _record(session, by_id, "restore-steps", event, "", now)


def unassign_steps(session: Session, person_id: int) -> None:
    """Assign to nobody what is assigned to a person who was removed."""
    mine = PreparationStep.assigned_to_id == person_id
    session.execute(update(PreparationStep).where(mine).values(assigned_to_id=None))


def _step_to_change(session: Session, event: Event, key: str) -> Step:
    step = _known(_locked_steps(session, event), key)
    if step.is_dropped:
        raise UnknownStepError(key)
    return step


def _locked_steps(session: Session, event: Event) -> list[Step]:
    # Organisers queue up at the event, so that two who tick at once write one row.
    session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
    return steps_of_event(session, event)


def _known(steps: list[Step], key: str) -> Step:
    for step in steps:
        if step.key == key:
            return step
    raise UnknownStepError(key)


def _write(session: Session, event: Event, step: Step, now: datetime, **changed: object) -> None:
    row = _row(session, event, step.key)
    if row is None:
        row = PreparationStep(event_id=event.id, key=step.key, name="", working_days=step.working_days)
        session.add(row)
    for name, value in {**changed, "changed_at": now}.items():
        setattr(row, name, value)
    session.flush()


def _row(session: Session, event: Event, key: str) -> PreparationStep | None:
    return session.scalar(select(PreparationStep).filter_by(event_id=event.id, key=key))


def _check(session: Session, event: Event, entry: StepEntry, now: datetime, was: Step | None = None) -> None:
    if not -MOST_WORKING_DAYS <= entry.working_days <= MOST_WORKING_DAYS:
        raise InvalidStepError("working_days", "out-of-range")
    is_own = was is None or was.is_own
    if is_own and not 0 < len(entry.name) <= LONGEST_NAME:
        raise InvalidStepError("name", "unfit")
    is_newly = entry.assigned_to_id is not None and (was is None or was.assigned_to_id != entry.assigned_to_id)
    if is_newly and entry.assigned_to_id not in {p.id for p in organisers_of(event, audience(session, now))}:
        raise InvalidStepError("assigned_to", "unknown")


def _record(session: Session, by_id: int | None, verb: str, event: Event, key: str, now: datetime) -> None:
    session.flush()
    record_deed(session, by_id, verb, "preparation-step", f"{event.id} {key}".strip()[:40], now)
    session.flush()
