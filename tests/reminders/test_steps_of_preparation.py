"""The steps of an event: its kind's, as far as nothing else was said for it, and its own, on Austrian working days."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import details_of
from events_app.reminders.errors import InvalidStepError, UnknownStepError
from events_app.reminders.models import PreparationStep
from events_app.reminders.preparation.actions import (
    StepEntry,
    add_step,
    change_step,
    drop_step,
    restore_steps,
    tick_step,
    unassign_steps,
    untick_step,
)
from events_app.reminders.preparation.queries import open_steps, steps_by_person, steps_of_event
from events_app.reminders.preparation.rules import Step, is_told_on, state_of
from events_app.trail.models import TrailEntry

NOW = datetime(2027, 2, 16, 9, tzinfo=UTC)


@pytest.fixture
def steps(session):
    """Return the steps of an event as (key, due day), without the dropped ones."""
    return lambda event: [(s.key, s.due_on) for s in steps_of_event(session, event) if not s.is_dropped]


@pytest.fixture
def deeds(session):
    return lambda: list(session.scalars(select(TrailEntry.verb).where(TrailEntry.thing == "preparation-step")))


def keys(steps):
    return [step.key for step in steps]


def step_due(day, **facts):
    return Step("speakers", "Confirm the speakers", -5, day, **facts)


def test_steps_are_counted_in_austrian_working_days(make_event, steps):
    event = make_event(starts_on=date(2027, 1, 12))  # behind it Epiphany, New Year and Christmas
    assert steps(event) == [
        ("announce", date(2026, 12, 10)), ("draft-agenda", date(2026, 12, 24)), ("speakers", date(2027, 1, 4)),
        ("participants", date(2027, 1, 7)), ("summary", date(2027, 1, 26)),
    ]  # fmt: skip


def test_steps_after_an_event_of_two_days_are_counted_from_its_last_day(make_event, steps):
    event = make_event(kind_key="conference", starts_on=date(2027, 6, 8), ends_on=date(2027, 6, 9), start_time=None,
                       end_time=None, rests_on="Decision")  # fmt: skip
    assert dict(steps(event))["participants"] == date(2027, 6, 1)
    assert dict(steps(event))["summary"] == date(2027, 7, 7)


def test_steps_move_with_their_event_and_keep_what_was_said_of_them(meeting, steps, session):
    tick_step(session, meeting, "speakers", NOW)
    change_step(session, meeting, "participants", StepEntry(-1), NOW)
    moved = replace(details_of(meeting), starts_on=date(2027, 3, 9), ends_on=date(2027, 3, 9))
    change_event(session, meeting, moved, meeting.version, NOW)
    assert dict(steps(meeting))["participants"] == date(2027, 3, 8)
    assert {s.key: s.done_at for s in steps_of_event(session, meeting)}["speakers"] == NOW


def test_a_step_of_zero_working_days_is_due_on_the_day_itself(meeting, steps, session):
    key = add_step(session, meeting, StepEntry(0, name="Put out the name plates"), NOW)
    assert (key, date(2027, 3, 2)) in steps(meeting)


@pytest.mark.parametrize(
    ("due", "facts", "state"),
    [
        (date(2027, 2, 15), {}, "overdue"),
        (date(2027, 2, 15), {"assigned_to_id": 1}, "overdue"),
        (date(2027, 2, 16), {}, "this-week"),
        (date(2027, 2, 21), {"assigned_to_id": 1}, "this-week"),
        (date(2027, 2, 22), {"assigned_to_id": 1}, "waiting"),
        (date(2027, 2, 22), {}, "later"),
        (date(2027, 2, 1), {"done_at": NOW}, "done"),
    ],
)
def test_a_step_is_overdue_due_this_week_waiting_later_or_done(due, facts, state):
    assert state_of(step_due(due, **facts), NOW.date()) == state


def test_a_letter_speaks_of_a_step_when_it_is_due_and_two_working_days_later():
    told = [day for day in range(1, 15) if is_told_on(step_due(date(2027, 3, 4)), date(2027, 3, day))]
    assert told == [4, 8]
    on_a_sunday = step_due(date(2027, 3, 7))
    assert [day for day in range(1, 15) if is_told_on(on_a_sunday, date(2027, 3, day))] == [5, 9]


def test_ticking_twice_keeps_who_was_first_and_unticking_twice_changes_nothing(meeting, people, session, deeds):
    first, second = people["clara"].id, people["luca"].id
    tick_step(session, meeting, "announce", NOW, by_id=first)
    tick_step(session, meeting, "announce", NOW.replace(hour=11), by_id=second)
    [row] = session.scalars(select(PreparationStep))
    assert (row.done_at, row.done_by_id) == (NOW, first)
    untick_step(session, meeting, "announce", NOW)
    untick_step(session, meeting, "announce", NOW)
    assert (row.done_at, row.done_by_id) == (None, None)
    assert deeds() == ["tick-step", "untick-step"]


def test_a_step_is_assigned_to_organisers_alone(meeting, people, session, deeds):
    change_step(session, meeting, "speakers", StepEntry(-5, people["luca"].id), NOW)
    assert deeds() == ["assign-step"]
    with pytest.raises(InvalidStepError, match="assigned_to"):
        change_step(session, meeting, "speakers", StepEntry(-5, people["haruto"].id), NOW)
    unassign_steps(session, people["luca"].id)
    assert session.scalars(select(PreparationStep.assigned_to_id)).one() is None


def test_a_dropped_step_is_gone_until_the_steps_of_the_kind_are_restored(meeting, session, steps, deeds):
    before = steps(meeting)
    drop_step(session, meeting, "speakers", NOW)
    drop_step(session, meeting, "speakers", NOW)
    change_step(session, meeting, "participants", StepEntry(-2), NOW)
    tick_step(session, meeting, "announce", NOW)
    with pytest.raises(UnknownStepError):
        tick_step(session, meeting, "speakers", NOW)
    assert keys(one.step for one in open_steps(session, NOW)) == ["draft-agenda", "participants", "summary"]
    restore_steps(session, meeting, NOW)
    restore_steps(session, meeting, NOW)
    assert steps(meeting) == before
    assert deeds() == ["drop-step", "change-step", "tick-step", "restore-steps"]
    assert keys(s for s in steps_of_event(session, meeting) if s.done_at) == ["announce"]


def test_an_event_has_steps_of_its_own_which_are_deleted_for_good(meeting, session, steps, deeds):
    key = add_step(session, meeting, StepEntry(-4, name="Order the interpreters"), NOW)
    assert add_step(session, meeting, StepEntry(-4, name="Order the interpreters"), NOW) == key
    change_step(session, meeting, key, StepEntry(-6, name="Order interpreters"), NOW)
    [own] = [s for s in steps_of_event(session, meeting) if s.is_own]
    assert (own.name, own.due_on, own.is_worded) == ("Order interpreters", date(2027, 2, 22), True)
    drop_step(session, meeting, key, NOW)
    assert key not in dict(steps(meeting))
    assert deeds() == ["add-step", "change-step", "drop-step"]


@pytest.mark.parametrize(
    "entry", [StepEntry(-251, name="x"), StepEntry(251, name="x"), StepEntry(-1), StepEntry(-1, name="x" * 121)]
)
def test_a_step_that_does_not_fit_is_refused(meeting, session, entry):
    with pytest.raises(InvalidStepError):
        add_step(session, meeting, entry, NOW)


def test_an_event_takes_thirty_own_steps(meeting, session):
    for number in range(30):
        add_step(session, meeting, StepEntry(-1, name=f"Step {number}"), NOW)
    with pytest.raises(InvalidStepError, match="too-many"):
        add_step(session, meeting, StepEntry(-1, name="One more"), NOW)


@pytest.mark.parametrize(("status", "count"), [("proposed", 5), ("draft", 0)])
def test_drafts_are_not_prepared_yet(make_event, session, status, count):
    make_event(status)
    assert len(open_steps(session, NOW)) == count


@pytest.mark.parametrize("deed", ["postpone", "cancel"])
def test_nobody_prepares_what_is_postponed_or_cancelled(meeting, session, deed):
    take_step(session, meeting, deed, NOW, reason="Because.")
    assert open_steps(session, NOW) == []


def test_what_was_entered_after_it_was_over_was_not_prepared_here(make_event, session):
    make_event(starts_on=date(2026, 11, 10))
    assert open_steps(session, NOW) == []


def test_what_nobody_ticked_for_a_season_is_no_longer_overdue(meeting, session):
    assert keys(one.step for one in open_steps(session, datetime(2027, 6, 12, tzinfo=UTC))) == ["summary"]
    assert open_steps(session, datetime(2027, 6, 15, tzinfo=UTC)) == []


def test_what_is_assigned_to_nobody_is_everybodys_and_so_is_what_a_former_organiser_had(meeting, people, session):
    change_step(session, meeting, "speakers", StepEntry(-5, people["luca"].id), NOW)

    def whose():
        return {person.name: keys(one.step for one in own) for person, own in steps_by_person(session, NOW)}

    rest = ["announce", "draft-agenda", "participants", "summary"]
    assert whose() == {"Clara": rest, "Luca": ["announce", "draft-agenda", "speakers", "participants", "summary"]}
    people["luca"].posts[0].valid_to = date(2027, 2, 1)
    session.flush()
    assert whose() == {"Clara": ["announce", "draft-agenda", "speakers", "participants", "summary"]}
