"""The life of an event: every step in every status, and what each leaves behind."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from events_app.events.actions.life import take_step
from events_app.events.errors import ReasonNeededError, StaleEventError, WrongStatusError
from events_app.events.models import STATUSES
from events_app.events.queries import changes_of
from events_app.events.rules.life import STEPS, is_over, open_steps, reads_as

DAY = timedelta(days=1)
LEADS_TO = {
    ("propose", "draft"): "proposed",
    ("confirm", "draft"): "confirmed",
    ("confirm", "proposed"): "confirmed",
    ("confirm", "postponed"): "confirmed",
    ("postpone", "proposed"): "postponed",
    ("postpone", "confirmed"): "postponed",
    ("cancel", "proposed"): "cancelled",
    ("cancel", "confirmed"): "cancelled",
    ("cancel", "postponed"): "cancelled",
}


@pytest.mark.parametrize(("step", "status"), sorted(set(product(STEPS, STATUSES)) - {("restore", "draft")}))
def test_each_step_is_open_where_the_table_says_and_refused_elsewhere(session, make_event, clock, step, status):
    event = make_event(status)
    event.status_before = "confirmed" if status in ("postponed", "cancelled") else None
    session.commit()
    expected = LEADS_TO.get((step, status), "confirmed" if step == "restore" and event.status_before else None)
    sequence, history = event.sequence, len(changes_of(session, event.id))
    at = clock.advance(DAY)
    if expected is None:
        with pytest.raises(WrongStatusError) as refused:
            take_step(session, event, step, at, reason="agreed")
        assert (refused.value.step, refused.value.status) == (step, status)
        assert (event.status, event.sequence, len(changes_of(session, event.id))) == (status, sequence, history)
        assert step not in open_steps(event, at)
        return
    assert step in open_steps(event, at)
    take_step(session, event, step, at, reason="agreed")
    session.commit()
    assert (event.status, event.sequence, event.modified_at) == (expected, sequence + 1, at)
    change = changes_of(session, event.id)[0]
    assert (change.verb, change.reason, change.at, change.sequence) == (step, "agreed", at, sequence + 1)
    assert change.fields == {"status": [status, expected]}


def test_a_draft_cannot_be_restored(session, make_event, clock):
    with pytest.raises(WrongStatusError):
        take_step(session, make_event("draft"), "restore", clock.now())


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_cancelling_needs_a_reason(session, make_event, clock, reason):
    event = make_event()
    with pytest.raises(ReasonNeededError):
        take_step(session, event, "cancel", clock.now(), reason=reason)
    assert (event.status, event.sequence) == ("confirmed", 1)


def test_the_reason_stays_with_the_event_until_it_is_restored(session, make_event, clock):
    event = make_event()
    take_step(session, event, "cancel", clock.now(), reason=" No room. ")
    assert event.status_reason == "No room."
    take_step(session, event, "restore", clock.now())
    assert (event.status, event.status_reason, event.status_before) == ("confirmed", "", None)


@pytest.mark.parametrize("status", ["proposed", "confirmed"])
@pytest.mark.parametrize("step", ["postpone", "cancel"])
def test_restoring_leads_back_to_where_the_event_was(session, make_event, clock, status, step):
    event = make_event(status)
    take_step(session, event, step, clock.now(), reason="no room")
    take_step(session, event, "restore", clock.now())
    assert event.status == status


@pytest.mark.parametrize("status", ["proposed", "confirmed"])
def test_a_postponed_event_that_was_cancelled_and_restored_can_still_return(session, make_event, clock, status):
    event = make_event(status)
    steps = ("postpone", "cancel", "restore", "restore")
    seen = [take_step(session, event, step, clock.now(), reason="no room").status for step in steps]
    assert seen == ["postponed", "cancelled", "postponed", status]


def test_the_first_confirmation_publishes_and_later_ones_do_not_move_it(session, make_event, clock):
    event = make_event("proposed")
    assert event.published_at is None
    first = clock.advance(DAY)
    take_step(session, event, "confirm", first)
    take_step(session, event, "postpone", clock.advance(DAY))
    take_step(session, event, "confirm", clock.advance(DAY))
    assert event.published_at == first
    assert event.scheduled_at == clock.now()


def test_held_is_confirmed_and_over_from_the_minute_of_its_end(make_event):
    event = make_event(starts_on=date(2027, 3, 2))
    ends = datetime(2027, 3, 2, 12, tzinfo=UTC)
    assert (reads_as(event, ends - timedelta(minutes=1)), is_over(event, ends - timedelta(minutes=1))) == (
        "confirmed", False,
    )  # fmt: skip
    assert (reads_as(event, ends), is_over(event, ends)) == ("held", True)


@pytest.mark.parametrize("status", sorted(set(STATUSES) - {"confirmed"}))
def test_what_was_not_confirmed_was_not_held(make_event, status):
    assert reads_as(make_event(status), datetime(2030, 1, 1, tzinfo=UTC)) == status


@pytest.mark.parametrize("step", STEPS)
def test_an_event_that_was_held_takes_no_step(session, make_event, step):
    event, later = make_event(), datetime(2027, 3, 2, 12, tzinfo=UTC)
    assert open_steps(event, later) == ()
    with pytest.raises(WrongStatusError) as refused:
        take_step(session, event, step, later, reason="too late")
    assert refused.value.status == "held"
    assert (event.status, event.sequence) == ("confirmed", 1)


def test_a_step_on_a_version_that_is_not_stored_any_more_is_refused(session, make_event, clock):
    event = make_event()
    with pytest.raises(StaleEventError):
        take_step(session, event, "cancel", clock.now(), reason="no room", version=event.version - 1)
    assert event.status == "confirmed"


def test_two_steps_in_one_transaction_count_as_two_versions(session, make_event, clock):
    event = make_event("draft")
    version = event.version
    take_step(session, event, "propose", clock.now(), version=version)
    with pytest.raises(StaleEventError):
        take_step(session, event, "confirm", clock.now(), version=version)
