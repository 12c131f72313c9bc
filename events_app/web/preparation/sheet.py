"""Steps of preparation as pages show them: those of one event, and on the desk those that cannot wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from events_app.events.models import DRAFT, Event
from events_app.extensions import db
from events_app.people.queries import names_by_id
from events_app.reminders.preparation.queries import OpenStep, open_steps, steps_of_event
from events_app.reminders.preparation.rules import (
    ALIVE,
    DONE,
    LATER,
    OVERDUE,
    THIS_WEEK,
    WAITING,
    Step,
    day_in_vienna,
    state_of,
)
from events_app.rights.models import Action
from events_app.web.access import allowed, now
from events_app.web.context import language
from events_app.words.dates import short_day_text
from events_app.words.preparation import distance_text, step_state, step_text
from events_app.words.titles import event_title

PRESSING = (OVERDUE, THIS_WEEK, WAITING)


@dataclass(frozen=True)
class StepRow:
    """A step in words: when it is due, whose it is, where it stands, and by whom and when it was done."""

    key: str
    name: str
    due: str
    distance: str
    person: str
    state: str
    state_text: str
    done_by: str
    done_on: str
    is_own: bool
    is_moved: bool


@dataclass(frozen=True)
class DeskStep:
    """A step on the desk, with the event that it prepares."""

    step: StepRow
    event_id: int
    title: str
    day: str


@dataclass(frozen=True)
class Preparation:
    """The steps of one event: it `is_resting` while postponed or cancelled, `can_restore` its usual steps."""

    rows: list[StepRow]
    dropped: list[str]
    done: int
    is_resting: bool
    can_restore: bool


def preparation_of(event: Event) -> Preparation:
    """Return the preparation of one event, step by step in the order of days."""
    steps = steps_of_event(db.session(), event)
    kept, dropped = [s for s in steps if not s.is_dropped], [s for s in steps if s.is_dropped]
    return Preparation(
        rows=_rows(kept),
        dropped=[step_text(step.name, step.is_worded, language()) for step in dropped],
        done=sum(step.done_at is not None for step in kept),
        is_resting=event.status not in (*ALIVE, DRAFT),
        can_restore=any(step.is_dropped or step.is_moved for step in steps if not step.is_own),
    )


def step_row(step: Step) -> StepRow:
    """Return one step in words."""
    return _rows([step])[0]


def steps_on_desk() -> list[tuple[str, str, list[DeskStep]]]:
    """Return what is overdue, due this week and waiting for someone, of the events that this reader may edit.

    As (state, heading, steps); states without steps are left out. A constant number of queries.
    """
    today = day_in_vienna(now())
    mine = [one for one in open_steps(db.session(), now()) if state_of(one.step, today) != LATER]
    mine = [one for one in mine if allowed(Action.EDIT, one.event)]
    rows = desk_steps(mine)
    by_state = {state: [row for row in rows if row.step.state == state] for state in PRESSING}
    return [(state, step_state(state, language()), found) for state, found in by_state.items() if found]


def desk_steps(found: Sequence[OpenStep]) -> list[DeskStep]:
    """Return steps with the events that they prepare, in words."""
    return list(map(_desk_step, found, _rows(one.step for one in found)))


def _desk_step(one: OpenStep, row: StepRow) -> DeskStep:
    title = event_title(one.event, language())
    return DeskStep(row, one.event.id, title, short_day_text(one.event.starts_on, language()))


def _rows(steps: Iterable[Step]) -> list[StepRow]:
    steps = list(steps)
    names = names_by_id(db.session(), (n for step in steps for n in (step.assigned_to_id, step.done_by_id)))
    today = day_in_vienna(now())
    return [_row(step, names, today) for step in steps]


def _row(step: Step, names: dict[int, str], today: date) -> StepRow:
    state = state_of(step, today)
    return StepRow(
        key=step.key,
        name=step_text(step.name, step.is_worded, language()),
        due=short_day_text(step.due_on, language()),
        distance=distance_text(step.working_days, language()),
        person=names.get(step.assigned_to_id or 0, ""),
        state=state,
        state_text=step_state(state, language()),
        done_by=names.get(step.done_by_id or 0, "") if state == DONE else "",
        done_on=short_day_text(day_in_vienna(step.done_at), language()) if step.done_at else "",
        is_own=step.is_own,
        is_moved=step.is_moved,
    )
