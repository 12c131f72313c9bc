"""What becomes of a consultation, as a table; what may be opened; what an objection does, to the second."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session

from events_app.events.actions.life import take_step
from events_app.events.actions.silence import store_silence
from events_app.events.actions.writing import change_event
from events_app.events.errors import InvalidEventError
from events_app.events.models import CONFIRMED, DRAFT, PROPOSED, Event
from events_app.events.queries import changes_of
from events_app.events.rules.details import details_of
from events_app.events.rules.life import CANCEL, CONFIRM, POSTPONE, RESTORE
from events_app.planning.consultations.opening import open_poll, open_procedure, withdraw
from events_app.planning.consultations.polling import answer_poll, change_options, choose_date
from events_app.planning.consultations.polls import OptionDates, dates_of, live_options, option_problems, tallies
from events_app.planning.consultations.queries import consultation_by_id
from events_app.planning.consultations.reacting import react
from events_app.planning.consultations.rules import (
    earliest_expiry,
    expiry_problems,
    outcome,
    reacted_codes,
    working_days_left,
)
from events_app.planning.errors import ConsultationOverError, ConsultationRefusedError, InvalidConsultationError
from events_app.planning.models import Consultation, Reaction
from events_app.trail.models import TrailEntry

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
EXPIRY = datetime(2026, 12, 1, 17, tzinfo=UTC)
INVITED = {"FI", "CH", "JO", "IT"}


@pytest.fixture
def procedure(session, make_event, clock):
    found = open_procedure(
        session, make_event("proposed"), "Please look.", EXPIRY, clock.now(), least_days=5, invited=INVITED
    )
    session.commit()
    return found


def option(day, **changes):
    return OptionDates(**{**vars(OptionDates(day, time(10), day, time(13), "Europe/Vienna")), **changes})


DATES = [option(date(2027, 3, day)) for day in (2, 3, 9)]


@pytest.fixture
def poll(session, make_event, clock):
    event = make_event("proposed")
    found = open_poll(session, event, "", EXPIRY, DATES, "localhost", clock.now(), invited=INVITED)
    session.commit()
    return found


def problems(refused):
    return [(problem.field, problem.reason) for problem in refused.value.problems]


CASES = {
    # name: (what, expires in, what differs of the consultation, of the event) -> outcome
    "runs": ("no-objection", DAY, {}, {}, "open"),
    "a second before": ("no-objection", SECOND, {}, {}, "open"),
    "the very minute": ("no-objection", 0 * DAY, {}, {}, "agreed"),
    "stored long since": ("no-objection", -DAY, {}, {"status": CONFIRMED, "published_at": -DAY}, "agreed"),
    "cancelled after it was agreed": (
        "no-objection", -DAY, {}, {"status": "cancelled", "published_at": -DAY, "silence_ends_at": None}, "agreed",
    ),
    "confirmed by hand": (
        "no-objection", DAY, {}, {"status": CONFIRMED, "published_at": -DAY, "silence_ends_at": None}, "overtaken",
    ),
    "postponed": ("no-objection", DAY, {}, {"status": "postponed", "silence_ends_at": None}, "overtaken"),
    "another one runs": ("no-objection", DAY, {}, {"silence_ends_at": 2 * DAY}, "overtaken"),
    "broken": ("no-objection", DAY, {"breaks": True}, {"silence_ends_at": None}, "broken"),
    "broken, then confirmed": (
        "no-objection", -DAY, {"breaks": True},
        {"status": CONFIRMED, "published_at": 0 * DAY, "silence_ends_at": None}, "broken",
    ),
    "a late objection": ("no-objection", -DAY, {"breaks": False}, {}, "agreed"),
    "withdrawn": ("no-objection", -DAY, {"withdrawn_at": -2 * DAY}, {"silence_ends_at": None}, "withdrawn"),
    "a poll runs": ("poll", SECOND, {}, {}, "open"),
    "a poll at its minute": ("poll", 0 * DAY, {}, {}, "closed"),
    "a poll is settled": ("poll", DAY, {"settled_at": 0 * DAY}, {"status": CONFIRMED}, "settled"),
    "a poll is overtaken": ("poll", DAY, {}, {"status": CONFIRMED}, "overtaken"),
    "a poll is withdrawn": ("poll", DAY, {"withdrawn_at": 0 * DAY}, {}, "withdrawn"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_becomes_of_a_consultation(case):
    what, expires_in, own, of_event, expected = CASES[case]
    now = datetime(2026, 11, 21, 9, tzinfo=UTC)
    reactions = [Reaction(what="objection", breaks=own["breaks"])] if "breaks" in own else []
    instants = {name: now + value for name, value in own.items() if name != "breaks"}
    consultation = Consultation(what=what, expires_at=now + expires_in, reactions=reactions, **instants)
    facts = {"status": PROPOSED, "silence_ends_at": expires_in, "published_at": None, **of_event}
    event = Event(**{name: now + v if isinstance(v, timedelta) else v for name, v in facts.items()})
    assert outcome(consultation, event, now) == expected


@pytest.mark.parametrize(
    ("now", "days", "earliest"),
    [
        # A Saturday: Monday to Friday are the five, in Vienna's winter time.
        (datetime(2026, 11, 21, 9, 0, 59, tzinfo=UTC), 5, datetime(2026, 11, 27, 9, tzinfo=UTC)),
        # Over Christmas: 24 December is a working day, 25 and 26 are not; over New Year neither is 1 January.
        (datetime(2026, 12, 23, 9, tzinfo=UTC), 5, datetime(2026, 12, 31, 9, tzinfo=UTC)),
        (datetime(2026, 12, 23, 9, tzinfo=UTC), 6, datetime(2027, 1, 4, 9, tzinfo=UTC)),
        # Over the change of the clocks it is the same time of day.
        (datetime(2027, 3, 26, 9, tzinfo=UTC), 1, datetime(2027, 3, 30, 8, tzinfo=UTC)),
    ],
)
def test_working_days_are_austrian_ones_from_minute_to_minute(now, days, earliest):
    assert earliest_expiry(now, days) == earliest
    assert working_days_left(now, earliest) == days


@pytest.mark.parametrize(
    ("what", "expires_at", "reason"),
    [
        ("no-objection", datetime(2026, 11, 21, 9, tzinfo=UTC), "in-the-past"),
        ("no-objection", datetime(2026, 11, 27, 8, 59, tzinfo=UTC), "too-soon"),
        ("no-objection", datetime(2026, 11, 27, 9, tzinfo=UTC), None),
        ("no-objection", datetime(2027, 3, 2, 8, 59, tzinfo=UTC), None),
        ("no-objection", datetime(2027, 3, 2, 9, tzinfo=UTC), "after-start"),
        ("poll", datetime(2026, 11, 21, 9, tzinfo=UTC), "in-the-past"),
        ("poll", datetime(2026, 11, 21, 9, 1, tzinfo=UTC), None),
    ],
)
def test_until_when_one_can_be_opened(make_event, clock, what, expires_at, reason):
    found = [p.reason for p in expiry_problems(what, expires_at, make_event("proposed"), clock.now(), 5)]
    assert found == ([reason] if reason else [])


def test_opening_proposes_a_draft_and_stands_in_history_and_trail(session, make_event, make_person, clock):
    event, clara = make_event("draft"), make_person("clara", secretary=True)
    found = open_procedure(
        session, event, "", EXPIRY, clock.now(), least_days=5, invited=INVITED, person_id=clara.id
    )  # fmt: skip
    assert (event.status, event.silence_ends_at, outcome(found, event, clock.now())) == (PROPOSED, EXPIRY, "open")
    assert [change.verb for change in changes_of(session, event.id)][:2] == ["open-procedure", "propose"]
    deed = session.query(TrailEntry).filter_by(thing="consultation").one()
    assert (deed.verb, deed.thing_id, deed.person_id) == ("open-procedure", str(found.id), clara.id)


@pytest.mark.parametrize(
    ("status", "changes", "invited", "reason"),
    [
        ("confirmed", {}, INVITED, "status"),
        ("postponed", {}, INVITED, "status"),
        ("proposed", {"starts_on": date(2026, 11, 20)}, INVITED, "begun"),
        ("proposed", {"visibility": "secretariat"}, INVITED, "nobody"),
        ("proposed", {}, set(), "nobody"),
    ],
)
def test_where_none_can_be_opened(session, make_event, clock, status, changes, invited, reason):
    event = make_event(status, **changes)
    with pytest.raises(ConsultationRefusedError) as refused:
        open_procedure(session, event, "", EXPIRY, clock.now(), least_days=5, invited=invited)
    assert refused.value.reason == reason


def test_one_runs_at_a_time_on_an_event(session, procedure, clock):
    with pytest.raises(ConsultationRefusedError, match="running"):
        open_poll(session, procedure.event, "", EXPIRY, DATES, "localhost", clock.now(), invited=INVITED)
    withdraw(session, procedure, "another date is coming", clock.now())
    open_poll(session, procedure.event, "", EXPIRY, DATES, "localhost", clock.now(), invited=INVITED)


def test_one_that_was_overtaken_is_not_mistaken_for_the_next_of_the_same_minute(session, procedure, clock):
    event = procedure.event
    for step in (POSTPONE, RESTORE):
        take_step(session, event, step, clock.advance(DAY / 24))
    second = open_procedure(session, event, "", EXPIRY, clock.now(), least_days=5, invited=INVITED)
    assert [outcome(one, event, clock.now()) for one in (procedure, second)] == ["overtaken", "open"]
    assert [outcome(one, event, EXPIRY) for one in (procedure, second)] == ["overtaken", "agreed"]


@pytest.mark.parametrize(("before", "is_late"), [(SECOND, False), (0 * SECOND, True), (-SECOND, True)])
@pytest.mark.parametrize("what", ["objection", "amendment"])
def test_an_objection_counts_until_the_minute_and_not_a_second_longer(session, procedure, clock, what, before, is_late):
    at = EXPIRY - before
    store_silence(session, at)
    reaction = react(session, procedure, "FI", what, "The venue is taken.", at)
    assert (reaction.is_late, reaction.breaks) == (is_late, not is_late)
    assert outcome(procedure, procedure.event, at) == ("agreed" if is_late else "broken")
    assert procedure.event.status == (CONFIRMED if is_late else PROPOSED)
    assert store_silence(session, EXPIRY + DAY) == []


@pytest.mark.parametrize("what", ["difficulty", "unopposed"])
def test_what_is_no_objection_breaks_nothing_and_comes_in_time(session, procedure, clock, what):
    react(session, procedure, "JO", what, "We have a feast.", clock.now())
    assert (outcome(procedure, procedure.event, clock.now()), reacted_codes(procedure)) == ("open", {"JO"})
    with pytest.raises(ConsultationOverError) as refused:
        react(session, procedure, "CH", what, "So do we.", EXPIRY)
    assert refused.value.outcome == "agreed"


@pytest.mark.parametrize(
    ("what", "text", "offered", "found"),
    [
        ("objection", "  ", ("objection",), ("text", "in-writing")),
        ("difficulty", "", ("difficulty",), ("text", "in-writing")),
        ("objection", "No.", ("unopposed", "difficulty"), ("reaction", "unknown")),
        ("unopposed", "x" * 2001, ("unopposed",), ("text", "too-long")),
    ],
)
def test_what_nobody_can_say(session, procedure, clock, what, text, offered, found):
    with pytest.raises(InvalidConsultationError) as refused:
        react(session, procedure, "FI", what, text, clock.now(), offered=offered)
    assert problems(refused) == [found]
    assert procedure.reactions == []


def test_an_objection_that_the_result_overtakes_on_its_way_is_late(session, procedure):
    store_silence(session, procedure.expires_at)
    found = react(session, procedure, "CH", "objection", "No.", procedure.expires_at - timedelta(seconds=1))
    assert (found.is_late, found.breaks, procedure.event.status) == (True, False, "confirmed")


def test_two_objections_at_once_are_both_kept_and_the_first_breaks(engine, session, procedure, clock):
    session.close()
    barrier, now, key = threading.Barrier(2), clock.now(), procedure.id

    def object_for(code):
        barrier.wait()
        with Session(engine.execution_options(writes=True)) as own, own.begin():
            react(own, consultation_by_id(own, key), code, "objection", f"{code} objects.", now)

    threads = [threading.Thread(target=object_for, args=(code,)) for code in ("FI", "CH")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = consultation_by_id(session, key)
    assert sorted(reaction.state_code for reaction in found.reactions) == ["CH", "FI"]
    assert [reaction.breaks for reaction in found.reactions] == [True, False]
    assert [c.verb for c in changes_of(session, found.event_id)].count("break-procedure") == 1
    assert (found.event.silence_ends_at, outcome(found, found.event, now)) == (None, "broken")


def test_withdrawing_needs_a_reason_and_comes_too_late_at_the_minute(session, procedure, clock):
    with pytest.raises(InvalidConsultationError) as refused:
        withdraw(session, procedure, " ", clock.now())
    assert problems(refused) == [("reason", "needed")]
    with pytest.raises(ConsultationOverError):
        withdraw(session, procedure, "too late", EXPIRY)
    withdraw(session, procedure, "The hall is taken.", clock.now())
    assert (procedure.event.silence_ends_at, procedure.event.status) == (None, PROPOSED)


def test_a_date_under_procedure_does_not_move_and_one_under_a_poll_does(session, procedure, clock):
    event = procedure.event
    later = replace(details_of(event), starts_on=date(2027, 3, 3), ends_on=date(2027, 3, 3))
    with pytest.raises(InvalidEventError):
        change_event(session, event, later, event.version, clock.now())
    withdraw(session, procedure, "because", clock.now())
    assert change_event(session, event, later, event.version, clock.now())


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        (DATES[:1], ("options", "too-few")),
        ([option(date(2027, 3, 1) + n * DAY) for n in range(13)], ("options", "too-many")),
        ([DATES[0], DATES[0]], ("options", "twice")),
        ([DATES[0], option(date(2027, 3, 28), start_time=time(2, 30))], ("options", "skipped-hour")),
        ([DATES[0], option(date(2027, 3, 3), end_time=time(9))], ("options", "end-before-start")),
        ([DATES[0], option(date(2027, 3, 3), end_time=None)], ("options", "times-together")),
        ([DATES[0], option(date(2026, 12, 1))], ("options", "before-expiry")),
        ([DATES[0], option(date(2101, 1, 1))], ("options", "out-of-range")),
    ],
)
def test_what_no_poll_can_offer(dates, found):
    assert [(p.field, p.reason) for p in option_problems(dates, EXPIRY)] == [found]


def test_answers_to_dates_that_stay_are_kept_and_a_date_that_moves_loses_them(session, poll, clock):
    first, second, third = poll.options
    answer_poll(session, poll, "CH", {first.id: "yes", second.id: "no", third.id: "if-need-be"}, clock.now())
    uids, sequences = [o.uid for o in poll.options], [o.sequence for o in poll.options]
    version = poll.event.version
    moved = option(date(2027, 3, 4))
    wanted = [(first.id, dates_of(first)), (second.id, moved), (None, option(date(2027, 3, 16)))]
    assert change_options(session, poll, wanted, "localhost", clock.advance(DAY))
    assert [len(o.answers) for o in (first, second, third)] == [1, 0, 1]
    assert (second.starts_on, third.removed_at) == (date(2027, 3, 4), clock.now())
    assert [o.sequence for o in (first, second, third)] == [sequences[0], sequences[1] + 1, sequences[2] + 1]
    assert [o.uid for o in (first, second, third)] == uids
    assert poll.event.version > version
    assert reacted_codes(poll) == set()
    kept = [(o.id, dates_of(o)) for o in live_options(poll)]
    assert not change_options(session, poll, kept, "localhost", clock.now())


def test_a_delegation_has_one_answer_a_date_and_changes_it_until_the_minute(session, poll, clock):
    first = poll.options[0]
    for answer in ("yes", "no"):
        answer_poll(session, poll, "CH", {first.id: answer}, clock.now())
    assert [(given.state_code, given.answer) for given in first.answers] == [("CH", "no")]
    with pytest.raises(ConsultationOverError):
        answer_poll(session, poll, "CH", {first.id: "yes"}, EXPIRY)
    for wrong in ({}, {first.id: "perhaps"}, {999: "yes"}):
        with pytest.raises(InvalidConsultationError):
            answer_poll(session, poll, "CH", wrong, clock.now())


def test_the_best_date_is_where_most_can_and_fewest_cannot_come(session, poll, clock):
    first, second, third = (o.id for o in poll.options)
    given = {
        "FI": {first: "yes", second: "yes", third: "yes"}, "CH": {first: "yes", second: "yes", third: "no"},
        "IT": {first: "no", second: "if-need-be", third: "yes"}, "XX": {first: "yes"},
    }  # fmt: skip
    for code, answers in given.items():
        answer_poll(session, poll, code if code != "XX" else "JP", answers, clock.now())
    found = tallies(poll, INVITED)
    assert [(t.yes, t.if_need_be, t.no, t.unable) for t in found] == [
        (2, 0, 1, ("IT",)), (2, 1, 0, ()), (2, 0, 1, ("CH",)),
    ]  # fmt: skip
    assert [t.is_best for t in found] == [False, True, False]


@pytest.mark.parametrize("confirms", [True, False])
def test_the_event_moves_to_the_date_that_is_chosen(session, poll, clock, confirms):
    event, third = poll.event, poll.options[2]
    choose_date(session, poll, third, event.version, clock.advance(DAY), confirms=confirms)
    assert (event.starts_on, event.status) == (date(2027, 3, 9), CONFIRMED if confirms else PROPOSED)
    assert outcome(poll, event, clock.now()) == "settled"
    assert [(o.is_chosen, o.sequence) for o in poll.options] == [(False, 1), (False, 1), (True, 0)]
    with pytest.raises(ConsultationOverError):
        choose_date(session, poll, poll.options[0], event.version, clock.now(), confirms=False)


def test_a_date_can_be_chosen_after_the_answers_closed_but_not_once_it_has_passed(session, poll):
    with pytest.raises(InvalidConsultationError):
        choose_date(
            session, poll, poll.options[0], poll.event.version, datetime(2027, 3, 2, 9, tzinfo=UTC), confirms=True
        )  # fmt: skip
    choose_date(session, poll, poll.options[1], poll.event.version, EXPIRY, confirms=True)
    assert poll.event.starts_on == date(2027, 3, 3)


def test_a_poll_that_somebody_decides_by_a_step_is_overtaken(session, poll, clock):
    take_step(session, poll.event, CONFIRM, clock.now())
    assert outcome(poll, poll.event, clock.now()) == "overtaken"
    with pytest.raises(ConsultationOverError):
        change_options(session, poll, [], "localhost", clock.now())


def test_a_cancelled_event_takes_no_more_objections(session, procedure, clock):
    take_step(session, procedure.event, CANCEL, clock.now(), reason="no hall")
    assert procedure.event.status != DRAFT
    with pytest.raises(ConsultationOverError) as refused:
        react(session, procedure, "FI", "objection", "No.", clock.now())
    assert refused.value.outcome == "overtaken"
