"""Every hostile file is refused, or read with problems or without its poison, in two seconds of computing time."""

import resource
from datetime import date
from pathlib import Path

import pytest

from events_app.ics.errors import UnreadableCalendarError
from events_app.ics.reading import LARGE, NORMAL, ReadLimits, read_calendar
from tests.corpus.generated import GENERATED

HOSTILE = Path(__file__).parents[2] / "corpus" / "hostile"
FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)
MOST_SECONDS = 2.0

# refused: the reason for the whole file; problem: the reason for its one event; read: its events are taken.
EXPECTED = {
    "alarm-repeats": "problem hostile-alarm",
    "attach-a-local-file": "read",
    "cyrillic-of-old": "refused encoding",
    "duration-in-weeks": "problem too-long",
    "duration-negative": "problem ends-before-start",
    "duration-of-many-digits": "problem bad-time",
    "empty": "refused not-a-calendar",
    "end-before-start": "problem ends-before-start",
    "end-missing": "refused unbalanced",
    "end-too-many": "refused unbalanced",
    "end-unbalanced": "refused unbalanced",
    "february-31": "problem bad-time",
    "gzip-in-disguise": "refused compressed",
    "html-everywhere": "read",
    "method-add": "refused method",
    "method-cancel": "refused method",
    "method-counter": "refused method",
    "method-refresh": "refused method",
    "method-reply": "refused method",
    "never-one-after-another": "refused hostile-rule",
    "no-length": "problem no-length",
    "no-start": "problem no-start",
    "nul": "refused encoding",
    "number-of-many-digits": "read",
    "page-of-a-login": "refused not-a-calendar",
    "right-to-left-override": "read",
    "rule-count-huge": "problem hostile-rule",
    "rule-cross-product": "problem hostile-rule",
    "rule-cross-product-of-times": "problem hostile-rule",
    "rule-equals-exrule": "problem hostile-rule",
    "rule-every-hour": "problem hostile-rule",
    "rule-every-minute": "problem hostile-rule",
    "rule-every-second": "problem hostile-rule",
    "rule-february-30-daily": "problem hostile-rule",
    "rule-february-31": "problem hostile-rule",
    "rule-for-ever": "problem too-many-instances",
    "rule-interval-huge": "problem hostile-rule",
    "rule-interval-zero": "problem hostile-rule",
    "rule-never-in-its-month": "problem hostile-rule",
    "rule-never-on-its-weekday": "problem hostile-rule",
    "rule-never-week-and-day": "problem hostile-rule",
    "rule-of-nonsense": "problem bad-rule",
    "rule-twice": "problem hostile-rule",
    "rule-until-before-start": "problem no-instances",
    "scale-of-other-years": "refused calendar-scale",
    "uid-endless": "problem bad-uid",
    "uid-twice": "problem duplicate-uid",
    "url-broken": "read",
    "url-of-data": "read",
    "utf-16": "refused encoding",
    "utf-16-without-mark": "refused encoding",
    "utf-8-damaged": "refused encoding",
    "utf-8-overlong": "refused encoding",
    "utf-8-surrogates": "refused encoding",
    "version-1": "refused version",
    "year-0001": "problem bad-time",
    "year-9999": "problem bad-time",
    "year-9999-in-a-far-zone": "problem bad-time",
    "year-9999-in-days": "problem bad-time",
    "zip-in-disguise": "refused compressed",
    "zone-every-second": "problem zone-differs",
    "zone-mars": "problem unknown-zone",
    "zone-path": "problem unknown-zone",
    "zone-path-absolute": "problem unknown-zone",
    "zone-vienna-elsewhere": "problem zone-differs",
}
# The second word for the limits of --large, where they let more pass; "-" for what is then merely large.
EXPECTED_GENERATED = {
    "twenty_thousand_events": ("refused too-many-components", "-"),
    "fifty_thousand_attendees": ("refused too-many-properties",) * 2,
    "two_hundred_thousand_dates": ("refused too-large", "refused too-many-properties"),
    "dates_in_one_line": ("problem too-many-instances",) * 2,
    "line_of_ten_megabytes": ("refused too-large", "refused line-too-long"),
    "line_of_a_megabyte": ("refused line-too-long",) * 2,
    "million_folds": ("refused too-large", "refused too-many-folds"),
    "half_a_million_empty_folds": ("refused too-many-folds",) * 2,
    "million_line_ends": ("read",) * 2,
    "five_thousand_nested_components": ("refused too-deep",) * 2,
    "deep_but_few": ("refused too-deep",) * 2,
    "attachment_of_fifty_megabytes": ("refused too-large",) * 2,
    "markup_that_never_closes": ("read",) * 2,
    "markup_of_blanks": ("read",) * 2,
    "quotes_that_never_close": ("read",) * 2,
    "accents_without_end": ("read",) * 2,
    "commas_and_escapes": ("read",) * 2,
    "daily_events_without_end": ("refused too-many-instances",) * 2,
    "zone_of_many_dates": ("problem zone-differs",) * 2,
    "zones_without_end": ("problem unknown-zone",) * 2,
}


def seconds_used() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def outcome(content: bytes, limits: ReadLimits) -> str:
    before = seconds_used()
    try:
        calendar = read_calendar(content, limits, FIRST, LAST)
    except UnreadableCalendarError as error:
        told = f"refused {error.reason}"
    else:
        reasons = {problem.reason for problem in calendar.problems}
        told = f"problem {' '.join(reasons)}" if reasons else "read" if calendar.items else "empty"
    assert seconds_used() - before < MOST_SECONDS
    return told


def test_every_file_of_the_corpus_has_an_expectation() -> None:
    assert {path.stem for path in HOSTILE.iterdir()} == set(EXPECTED)
    assert set(GENERATED) == set(EXPECTED_GENERATED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_hostile_file_does_no_harm(name: str) -> None:
    assert outcome((HOSTILE / f"{name}.ics").read_bytes(), NORMAL) == EXPECTED[name]


@pytest.mark.parametrize("name", GENERATED)
def test_a_huge_hostile_file_does_no_harm(name: str) -> None:
    assert outcome(GENERATED[name](), NORMAL) == EXPECTED_GENERATED[name][0]


@pytest.mark.parametrize("name", [name for name, (_, large) in EXPECTED_GENERATED.items() if large != "-"])
def test_nor_does_it_where_large_files_are_allowed(name: str) -> None:
    assert outcome(GENERATED[name](), LARGE) == EXPECTED_GENERATED[name][1]


def test_twenty_thousand_events_are_read_where_large_files_are_allowed() -> None:
    before = seconds_used()
    calendar = read_calendar(GENERATED["twenty_thousand_events"](), LARGE, FIRST, LAST)
    assert len(calendar.problems) == 20_000
    assert seconds_used() - before < LARGE.seconds


def test_what_is_hostile_in_texts_does_not_come_through() -> None:
    (item,) = read_calendar((HOSTILE / "html-everywhere.ics").read_bytes(), NORMAL, FIRST, LAST).items
    assert (item.summary, item.location, item.url) == ("Meeting", "Hofburg", "")
    assert item.description == "Agenda <b>"
    assert item.categories == ("Meeting",)


def test_marks_of_direction_end_with_their_line() -> None:
    (item,) = read_calendar((HOSTILE / "right-to-left-override.ics").read_bytes(), NORMAL, FIRST, LAST).items
    assert item.summary == "Meeting \u202egnp.exe\u202c"
    assert item.location == "a\u2067b\u2069"


def test_only_the_first_of_two_events_with_one_uid_is_taken() -> None:
    calendar = read_calendar((HOSTILE / "uid-twice.ics").read_bytes(), NORMAL, FIRST, LAST)
    assert [item.summary for item in calendar.items] == ["First"]
    assert [(problem.position, problem.summary) for problem in calendar.problems] == [(2, "Second")]
