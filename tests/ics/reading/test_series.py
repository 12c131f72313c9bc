"""Recurring events become their instances, those that were moved or cancelled included."""

from collections.abc import Callable
from datetime import date

import pytest

from events_app.ics.entry import DaySpan, TimedSpan
from events_app.ics.reading import ReadCalendar, ReadItem

Read = Callable[..., ReadCalendar]
Lines = Callable[..., list[str]]

# The stopwatch runs in this process here: what it raises while garbage is collected is only reported.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def starts(calendar: ReadCalendar) -> list[str]:
    return [start_of(item) for item in calendar.items]


def start_of(item: ReadItem) -> str:
    if isinstance(item.when, TimedSpan):
        return item.when.local_start.strftime("%m-%d %H:%M")
    return item.when.first.strftime("%m-%d")


def reasons(calendar: ReadCalendar) -> list[str]:
    return [problem.reason for problem in calendar.problems]


def test_instances_keep_their_time_on_the_wall_and_are_named_by_their_instant(read: Read, event_lines: Lines) -> None:
    calendar = read(
        *event_lines(
            "RRULE:FREQ=WEEKLY;COUNT=3", start="DTSTART;TZID=Europe/Vienna:20270316T150000", end="DURATION:PT1H"
        )
    )
    assert starts(calendar) == ["03-16 15:00", "03-23 15:00", "03-30 15:00"]
    assert [item.recurrence for item in calendar.items][-2:] == [
        "2027-03-23T14:00:00+00:00",
        "2027-03-30T13:00:00+00:00",
    ]


def test_excluded_instances_are_left_out_and_further_dates_added(read: Read, event_lines: Lines) -> None:
    further = ["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20270309T140000Z", "EXDATE;VALUE=DATE:20270316"]
    calendar = read(*event_lines(*further, "RDATE;TZID=Europe/Vienna:20270402T100000"))
    assert starts(calendar) == ["03-02 15:00", "03-23 15:00", "04-02 10:00"]


def test_a_moved_instance_stands_for_its_original(read: Read, event_lines: Lines) -> None:
    moved = event_lines(
        "RECURRENCE-ID:20270309T140000Z", start="DTSTART;TZID=Asia/Tokyo:20270311T090000", end="DURATION:PT1H"
    )
    calendar = read(*event_lines("RRULE:FREQ=WEEKLY;COUNT=3"), *moved)
    assert starts(calendar) == ["03-02 15:00", "03-16 15:00", "03-11 09:00"]
    assert calendar.items[2].recurrence == "2027-03-09T14:00:00+00:00"
    assert calendar.items[2].position == 2


def test_a_moved_instance_without_its_series_is_read_alone(read: Read, event_lines: Lines) -> None:
    (item,) = read(*event_lines("RECURRENCE-ID;TZID=Europe/Vienna:20270309T150000")).items
    assert item.recurrence == "2027-03-09T14:00:00+00:00"


def test_a_moved_instance_that_cannot_be_read_does_not_fall_back_to_its_original(
    read: Read, event_lines: Lines
) -> None:
    broken = event_lines("RECURRENCE-ID:20270309T140000Z", start="DTSTART;TZID=Nowhere:20270311T090000")
    calendar = read(*event_lines("RRULE:FREQ=WEEKLY;COUNT=3"), *broken)
    assert starts(calendar) == ["03-02 15:00", "03-16 15:00"]
    assert reasons(calendar) == ["unknown-zone"]


def test_a_change_of_one_instance_and_all_after_it_moves_them(read: Read, event_lines: Lines) -> None:
    change = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Vienna:20270309T150000"
    later = event_lines(change, start="DTSTART;TZID=Europe/Vienna:20270309T160000", end="DURATION:PT1H")
    calendar = read(*event_lines("RRULE:FREQ=WEEKLY;COUNT=3"), *later)
    assert starts(calendar) == ["03-02 15:00", "03-09 16:00", "03-16 16:00"]
    assert [item.recurrence[:16] for item in calendar.items] == [
        "2027-03-02T14:00",
        "2027-03-09T14:00",
        "2027-03-16T14:00",
    ]


def test_whole_days_recur(read: Read, event_lines: Lines) -> None:
    days = event_lines(
        "RRULE:FREQ=MONTHLY;UNTIL=20270501T000000Z",
        start="DTSTART;VALUE=DATE:20270301",
        end="DTEND;VALUE=DATE:20270303",
    )
    calendar = read(*days)
    assert [item.when for item in calendar.items] == [
        DaySpan(date(2027, month, 1), date(2027, month, 2)) for month in (3, 4, 5)
    ]
    assert calendar.items[0].recurrence == "2027-03-01"


def test_an_instance_in_a_skipped_hour_is_a_problem_and_the_others_are_not(read: Read, event_lines: Lines) -> None:
    nightly = event_lines(
        "RRULE:FREQ=DAILY;COUNT=3", start="DTSTART;TZID=Europe/Vienna:20270327T023000", end="DURATION:PT10M"
    )
    calendar = read(*nightly)
    assert starts(calendar) == ["03-27 02:30", "03-29 02:30"]
    assert [problem.facts["time"] for problem in calendar.problems] == ["2027-03-28T02:30:00"]


def test_a_series_without_end_is_read_within_the_years_that_were_asked_for(read: Read, event_lines: Lines) -> None:
    calendar = read(*event_lines("RRULE:FREQ=YEARLY"))
    assert len(calendar.items) == 4
    weekly = read(*event_lines("RRULE:FREQ=WEEKLY;UNTIL=99991231T235959Z"))
    assert len(weekly.items) == 201


def test_a_thousand_instances_are_read_and_one_more_is_not(read: Read, event_lines: Lines) -> None:
    assert len(read(*event_lines("RRULE:FREQ=DAILY;COUNT=1000")).items) == 1_000
    assert reasons(read(*event_lines("RRULE:FREQ=DAILY;COUNT=1001"))) == ["too-many-instances"]


def test_a_series_outside_the_years_is_a_problem_and_does_not_vanish(read: Read, event_lines: Lines) -> None:
    assert reasons(
        read(
            *event_lines(
                "RRULE:FREQ=WEEKLY;UNTIL=20070101T000000Z", start="DTSTART:20060302T140000Z", end="DURATION:PT1H"
            )
        )
    ) == ["no-instances"]


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;COUNT=2;UNTIL=20280101",
        "FREQ=DAILY;BYMONTH=13",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=DAILY;BYEASTER=1",
        "FREQ=DAILY;COUNT=x",
        "FREQ=DAILY;UNTIL=soon",
        "FREQ=DAILY;WKST=XX",
    ],
)
def test_a_rule_that_is_none_is_a_problem(read: Read, event_lines: Lines, rule: str) -> None:
    assert reasons(read(*event_lines(f"RRULE:{rule}")))[0] in ("bad-rule", "bad-time")


@pytest.mark.parametrize(
    ("rule", "number"),
    [
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", 4),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=2", 2),
        ("FREQ=WEEKLY;BYDAY=TU,TH;WKST=SU;COUNT=4;", 4),
    ],
)
def test_rules_of_every_day_use_are_read(read: Read, event_lines: Lines, rule: str, number: int) -> None:
    assert len(read(*event_lines(f"RRULE:{rule}")).items) == number
