"""Corrections of holidays: what the secretariat knows better holds, and who must then look at a date again."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from events_app.dates.holiday_table import Holiday
from events_app.partnership.queries import partnership
from events_app.planning.actions.clashes import accept_date
from events_app.planning.actions.correcting import (
    Grounds,
    confirm_holiday,
    correct_holiday,
    move_holiday,
    strike_holiday,
    take_back,
)
from events_app.planning.actions.holidays import freeze_holidays
from events_app.planning.errors import HolidayError
from events_app.planning.models import HolidayCorrection
from events_app.planning.queries.flags import dates_to_look_at
from events_app.planning.queries.holidays import holiday_table
from events_app.trail.models import TrailEntry

EID = date(2027, 5, 16)
BECAUSE = Grounds("Announced by decree", "Decree 12", date(2026, 11, 20))
NO_ONE = {"by_id": None}


def feast(session, state="MA"):
    session.expire_all()
    found = holiday_table(session, date(2027, 5, 1), date(2027, 5, 31)).between(
        date(2027, 5, 2), date(2027, 5, 31), [state]
    )
    return [(holiday.day.day, holiday.name, holiday.is_estimated) for holiday in found]


@pytest.fixture
def move(session, clock):
    def moved(to, day=EID, state="MA", whole=True, grounds=BECAUSE):
        clock.advance(timedelta(minutes=1))
        rows = move_holiday(session, state, day, to, grounds, clock.now(), **NO_ONE, whole=whole)
        session.commit()
        return rows

    return moved


def test_a_confirmed_feast_is_no_longer_estimated_on_any_of_its_days(session, clock):
    confirm_holiday(session, "MA", EID, BECAUSE, clock.now(), **NO_ONE, whole=True)
    assert feast(session) == [(16, "Eid al-Adha", False), (17, "Eid al-Adha", False)]


def test_a_single_day_can_be_confirmed_alone(session, clock):
    confirm_holiday(session, "MA", EID, BECAUSE, clock.now(), **NO_ONE, whole=False)
    assert [is_estimated for _, _, is_estimated in feast(session)] == [False, True]


def test_a_moved_feast_takes_all_its_days_along_and_remembers_where_it_was(session, move):
    rows = move(date(2027, 5, 17))
    assert feast(session) == [(17, "Eid al-Adha", False), (18, "Eid al-Adha", False)]
    assert [(row.day.day, row.moved_from and row.moved_from.day) for row in rows] == [(16, None), (17, 16), (18, 17)]


def test_a_feast_that_moves_onto_another_holiday_leaves_both_names(session, move):
    assert move(date(2027, 5, 17), day=date(2027, 5, 5), state="KR", whole=False)
    assert (17, "Children's Day", False) in feast(session, "KR")
    move(date(2027, 5, 13), day=date(2027, 5, 17), state="KR", whole=False)
    assert (13, "Buddha's Birthday; Children's Day", False) in feast(session, "KR")


def test_a_holiday_is_struck_and_another_one_added(session, clock):
    strike_holiday(session, "MA", EID, BECAUSE, clock.now(), **NO_ONE, whole=False)
    correct_holiday(session, Holiday(date(2027, 5, 20), "MA", "Day of mourning"), BECAUSE, clock.now(), **NO_ONE)
    assert feast(session) == [(17, "Eid al-Adha", True), (20, "Day of mourning", False)]


def test_a_correction_is_taken_back_with_all_days_of_its_deed(session, move, clock):
    before = feast(session)
    rows = move(date(2027, 5, 17))
    assert take_back(session, rows[1], clock.now(), **NO_ONE) == 3
    assert feast(session) == before
    assert session.scalars(select(TrailEntry.verb)).all() == ["move-holiday", "take-back-holiday"]


def test_corrections_outlive_that_a_year_is_frozen(session, move, clock):
    move(date(2027, 5, 17))
    freeze_holidays(session, clock.now())
    assert feast(session) == [(17, "Eid al-Adha", False), (18, "Eid al-Adha", False)]
    assert freeze_holidays(session, clock.now()) == []


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"state": "XX"}, ("state_code", "unknown")),
        ({"day": date(2027, 5, 12)}, ("day", "no-holiday")),
        ({"to": EID}, ("new_day", "same-day")),
        ({"to": date(2027, 9, 1)}, ("new_day", "too-far")),
        ({"grounds": Grounds(" ")}, ("reason", "needed")),
        ({"grounds": Grounds("x" * 501)}, ("reason", "too-long")),
        ({"grounds": Grounds("So", confirmed_on=date(2026, 11, 23))}, ("confirmed_on", "in-the-future")),
    ],
)
def test_what_cannot_be_is_refused_by_field(session, move, changes, refused):
    with pytest.raises(HolidayError) as error:
        move(**{"to": date(2027, 5, 17), **changes})
    assert (error.value.field, error.value.reason) == refused
    assert session.scalars(select(HolidayCorrection)).all() == []


def test_what_is_certain_cannot_be_confirmed_nor_a_nameless_holiday_added(session, clock):
    with pytest.raises(HolidayError, match="not-estimated"):
        confirm_holiday(session, "AT", date(2027, 5, 6), BECAUSE, clock.now(), **NO_ONE, whole=True)
    with pytest.raises(HolidayError, match="name needed"):
        correct_holiday(session, Holiday(EID, "AT", " "), BECAUSE, clock.now(), **NO_ONE)


def flags(session, clock):
    session.expire_all()
    return [(f.event.id, f.key, f.relation) for f in dates_to_look_at(session, partnership(session), clock.now())]


def test_a_meeting_near_an_estimated_feast_is_flagged_when_the_date_is_confirmed(session, make_event, clock, move):
    beside, on, was_near, far = (make_event(starts_on=date(2027, 5, day)) for day in (19, 18, 14, 25))
    asian = make_event(starts_on=date(2027, 5, 18), group_keys=("asian",))
    assert flags(session, clock) == []
    move(date(2027, 5, 17))
    found = flags(session, clock)
    assert (beside.id, "holiday:MA:2027-05-18", "beside") in found
    assert (on.id, "holiday:MA:2027-05-18", "on") in found
    assert {event_id for event_id, _, _ in found} == {beside.id, on.id}
    move(date(2027, 5, 12), day=date(2027, 5, 17))
    assert {event_id for event_id, _, relation in flags(session, clock)} >= {on.id}
    assert far.id not in {found[0] for found in flags(session, clock)}
    assert asian.id not in {found[0] for found in flags(session, clock)}
    assert was_near.id in {found[0] for found in flags(session, clock)}


def test_a_feast_that_moves_away_is_told_to_who_had_planned_beside_it(session, make_event, clock, move):
    event = make_event(starts_on=date(2027, 5, 15))
    move(date(2027, 5, 20))
    assert flags(session, clock) == [(event.id, "holiday:MA:2027-05-20", "was-near")]


def test_what_is_scheduled_after_the_correction_or_is_over_is_not_flagged(session, make_event, clock, move):
    move(date(2027, 5, 17))
    clock.advance(timedelta(hours=1))
    make_event(starts_on=date(2027, 5, 18))
    assert flags(session, clock) == []
    old = make_event(starts_on=date(2027, 5, 20))
    move(date(2027, 5, 19), day=date(2027, 5, 17))
    assert old.id in {event_id for event_id, _, _ in flags(session, clock)}
    clock.move_to(clock.now().replace(year=2027, month=6, day=1))
    assert flags(session, clock) == []


def test_a_date_is_accepted_with_a_reason_until_the_holiday_is_corrected_again(session, make_event, clock, move):
    event = make_event(starts_on=date(2027, 5, 18))
    move(date(2027, 5, 18), whole=False)
    [(_, key, _)] = flags(session, clock)
    accept_date(session, event, key, "Morocco agrees", clock.now(), **NO_ONE)
    assert flags(session, clock) == []
    clock.advance(timedelta(minutes=1))
    correct_holiday(session, Holiday(date(2027, 5, 18), "MA", "Eid al-Adha"), BECAUSE, clock.now(), **NO_ONE)
    assert len(flags(session, clock)) == 1
    accept_date(session, event, key, "Still", clock.now(), **NO_ONE)
    assert flags(session, clock) == []


def test_a_host_and_a_chair_are_heeded_too(session, make_event, clock):
    hosted = make_event(kind_key="conference", starts_on=date(2027, 5, 18), ends_on=date(2027, 5, 19),
                        start_time=None, end_time=None, host_code="SI")  # fmt: skip
    clock.advance(timedelta(minutes=1))
    correct_holiday(session, Holiday(date(2027, 5, 20), "SI", "New day"), BECAUSE, clock.now(), **NO_ONE)
    correct_holiday(session, Holiday(date(2027, 5, 19), "SE", "New day"), BECAUSE, clock.now(), **NO_ONE)
    assert flags(session, clock) == [(hosted.id, "holiday:SI:2027-05-20", "beside")]
