"""Which zone a file means, and when it is not certain."""

from collections.abc import Callable

import pytest

from events_app.ics.entry import TimedSpan
from events_app.ics.reading import ReadCalendar
from events_app.ics.reading.zone_names import zone_name_of

Read = Callable[..., ReadCalendar]
Lines = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Europe/Vienna", "Europe/Vienna"),
        ("europe/vienna", "Europe/Vienna"),
        ('"Europe/Vienna"', "Europe/Vienna"),
        ("Etc/UTC", "UTC"),
        ("W. Europe Standard Time", "Europe/Vienna"),
        ("Tokyo Standard Time", "Asia/Tokyo"),
        ("/freeassociation.sourceforge.net/Europe/Vienna", "Europe/Vienna"),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Vienna"),
        ("(GMT+01.00) Amsterdam / Berlin / Bern / Rome / Stockholm / Vienna", "Europe/Vienna"),
        ("(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius", "Europe/Helsinki"),
        ("(UTC+09:00) Osaka, Sapporo, Tokyo", "Asia/Tokyo"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
    ],
)
def test_a_name_of_any_program_means_a_zone(name: str, meant: str) -> None:
    assert zone_name_of(name) == meant


@pytest.mark.parametrize(
    "name",
    [
        "Mars/Phobos",
        "Customized Time Zone",
        "../../etc/passwd",
        "/../Europe/Vienna",
        "/etc/passwd",
        "Factory",
        "Vienna",
        "(UTC+01:00)",
        "(UTC+01:00) West Central Africa",
        "(UTC+01:00) Vienna, London",
        "(UTC+08:00) Vienna",
        "x" * 10_000,
    ],
)
def test_a_name_that_is_not_certain_means_none(name: str) -> None:
    assert zone_name_of(name) is None


def zone_lines(name: str, standard: str = "+0100", daylight: str = "+0200") -> list[str]:
    return [
        *("BEGIN:VTIMEZONE", f"TZID:{name}", "BEGIN:STANDARD", "DTSTART:16011028T030000"),
        *(f"TZOFFSETFROM:{daylight}", f"TZOFFSETTO:{standard}", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
        *("END:STANDARD", "BEGIN:DAYLIGHT", "DTSTART:16010325T020000", f"TZOFFSETFROM:{standard}"),
        *(f"TZOFFSETTO:{daylight}", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE"),
    ]


@pytest.mark.parametrize(
    "start", ["20270328T010000", "20270328T033000", "20271031T013000", "20271031T023000", "20271231T010000"]
)
def test_a_true_definition_is_no_problem_on_any_side_of_a_change(read: Read, event_lines: Lines, start: str) -> None:
    event = event_lines(start=f"DTSTART;TZID=Europe/Vienna:{start}", end="DURATION:PT15M")
    assert read(*zone_lines("Europe/Vienna"), *event).problems == ()


def test_a_definition_that_differs_at_the_time_of_the_event_is_trusted_as_little_as_its_name(
    read: Read, event_lines: Lines
) -> None:
    no_summer_time = zone_lines("Europe/Vienna", daylight="+0100")
    winter, summer = "DTSTART;TZID=Europe/Vienna:20270302T150000", "DTSTART;TZID=Europe/Vienna:20270702T150000"
    assert read(*no_summer_time, *event_lines(start=winter, end="DURATION:PT1H")).problems == ()
    (problem,) = read(*no_summer_time, *event_lines(start=summer, end="DURATION:PT1H")).problems
    assert (problem.reason, problem.facts["zone"]) == ("zone-differs", "Europe/Vienna")


def test_a_definition_also_counts_before_its_first_change(read: Read, event_lines: Lines) -> None:
    zone = ["BEGIN:VTIMEZONE", "TZID:Europe/Vienna", "BEGIN:DAYLIGHT", "DTSTART:20270328T020000"]
    zone += ["TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "END:DAYLIGHT", "END:VTIMEZONE"]
    assert read(*zone, *event_lines()).problems == ()
    after = event_lines(start="DTSTART;TZID=Europe/Vienna:20271202T150000", end="DURATION:PT1H")
    assert [problem.reason for problem in read(*zone, *after).problems] == ["zone-differs"]


def test_an_unknown_zone_is_asked_for_and_never_guessed_by_its_offset(read: Read, event_lines: Lines) -> None:
    event = event_lines(start="DTSTART;TZID=Office:20270302T150000", end="DURATION:PT1H")
    lines = [*zone_lines("Office"), *event]
    assert [problem.reason for problem in read(*lines).problems] == ["unknown-zone"]
    (item,) = read(*lines, zone_name="Europe/Vienna").items
    assert isinstance(item.when, TimedSpan)
    assert (item.when.zone_name, item.when.local_start.hour) == ("Europe/Vienna", 15)


def test_a_zone_named_by_a_person_is_not_taken_where_the_file_says_otherwise(read: Read, event_lines: Lines) -> None:
    event = event_lines(start="DTSTART;TZID=Office:20270302T150000", end="DURATION:PT1H")
    (problem,) = read(*zone_lines("Office"), *event, zone_name="Asia/Tokyo").problems
    assert problem.reason == "zone-differs"


def test_an_end_in_another_zone_ends_on_the_clocks_of_the_start(read: Read, event_lines: Lines) -> None:
    (item,) = read(*event_lines(end="DTEND;TZID=Asia/Tokyo:20270303T010000")).items
    assert isinstance(item.when, TimedSpan)
    assert (item.when.local_end.hour, item.when.zone_name) == (17, "Europe/Vienna")


def test_a_time_that_the_clocks_skip_is_a_problem(read: Read, event_lines: Lines) -> None:
    skipped = event_lines(start="DTSTART;TZID=Europe/Vienna:20270328T023000", end="DURATION:PT1H")
    assert [problem.reason for problem in read(*skipped).problems] == ["bad-time"]


def test_a_time_that_comes_twice_is_the_first(read: Read, event_lines: Lines) -> None:
    repeated = event_lines(start="DTSTART;TZID=Europe/Vienna:20271031T023000", end="DURATION:PT10M")
    (item,) = read(*repeated).items
    assert isinstance(item.when, TimedSpan)
    assert item.when.starts_at.isoformat() == "2027-10-31T00:30:00+00:00"


def test_a_definition_is_found_by_a_name_with_commas(read: Read, event_lines: Lines) -> None:
    name = "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"
    event = event_lines(start=f'DTSTART;TZID="{name}":20270302T150000', end="DURATION:PT1H")
    assert read(*zone_lines(name.replace(",", "\\,")), *event).problems == ()
    (problem,) = read(*zone_lines(name.replace(",", "\\,"), "+0500", "+0600"), *event).problems
    assert problem.reason == "zone-differs"
