"""Days, months, times and spans as people read them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest

from events_app.words import dates
from events_app.words.languages import LANGUAGES

DAY, NEXT_DAY = date(2027, 3, 2), date(2027, 3, 3)


@dataclass(frozen=True)
class Planned:
    starts_on: date
    start_time: time | None
    ends_on: date
    end_time: time | None


def plain(text: str) -> str:
    """Return a text with ordinary spaces, because CLDR versions differ in thin ones."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Tuesday, 2 March 2027"),
        ("fr", "mardi 2 mars 2027"),
        ("de", "Dienstag, 2. März 2027"),
        ("it", "martedì 2 marzo 2027"),
        ("es", "martes, 2 de marzo de 2027"),
        ("ru", "вторник, 2 марта 2027 г."),
        ("ar", "الثلاثاء، 2 مارس 2027"),
    ],
)
def test_a_day_is_written_in_full(language: str, text: str) -> None:
    assert plain(dates.day_text(DAY, language)) == text


def test_a_short_day_has_the_short_weekday() -> None:
    assert plain(dates.short_day_text(DAY, "en")) == "Tue, 2 Mar 2027"
    assert plain(dates.short_day_text(DAY, "fr")) == "mar. 2 mars 2027"


def test_a_month_is_written_with_its_year() -> None:
    assert plain(dates.month_text(2027, 3, "en")) == "March 2027"
    assert plain(dates.month_text(2027, 3, "es")) == "marzo de 2027"


def test_a_month_that_stands_alone_is_in_the_nominative() -> None:
    assert dates.month_name(3, "ru") == "март"


def test_the_week_begins_on_monday() -> None:
    assert dates.weekday_names("en")[0] == "Monday"
    assert dates.weekday_names("de", "abbreviated")[6] == "So"
    assert dates.weekday_name(DAY, "it") == "martedì"


@pytest.mark.parametrize("language", LANGUAGES)
def test_times_have_24_hours_and_two_digits_in_every_language(language: str) -> None:
    assert [dates.time_text(time(9, 5), language), dates.time_text(time(15), language)] == ["09:05", "15:00"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_are_western_in_every_language(language: str) -> None:
    span = Planned(DAY, time(10), NEXT_DAY, time(12))
    digits = [sign for sign in dates.span_text(span, language) if sign.isdigit()]
    assert digits
    assert all(sign.isascii() for sign in digits)


def test_a_meeting_has_one_day_and_two_times() -> None:
    meeting = Planned(DAY, time(10), DAY, time(12, 30))
    assert plain(dates.span_text(meeting, "en")) == "Tuesday, 2 March 2027, 10:00–12:30"
    assert plain(dates.span_text(meeting, "ar")) == "الثلاثاء، 2 مارس 2027، 10:00–12:30"


def test_a_meeting_past_midnight_names_both_days() -> None:
    meeting = Planned(DAY, time(22), NEXT_DAY, time(1))
    assert plain(dates.span_text(meeting, "en")) == "Tuesday, 2 March 2027, 22:00 – Wednesday, 3 March 2027, 01:00"


def test_an_event_of_one_whole_day_is_that_day() -> None:
    assert plain(dates.span_text(Planned(DAY, None, DAY, None), "en")) == "Tuesday, 2 March 2027"


def test_an_event_of_several_days_names_its_first_and_last() -> None:
    text = plain(dates.span_text(Planned(DAY, None, NEXT_DAY, None), "de"))
    assert text == "Di., 2. – Mi., 3. März 2027"


def test_an_event_over_new_year_names_both_years() -> None:
    text = dates.days_span_text(date(2027, 12, 31), date(2028, 1, 1), "en")
    assert "2027" in text
    assert "2028" in text


def test_an_instant_is_told_in_a_zone_named_by_its_state() -> None:
    instant = datetime(2027, 3, 2, 9, 0, tzinfo=UTC)
    assert plain(dates.instant_text(instant, "Europe/Vienna", "en")) == "Tuesday, 2 March 2027, 10:00 (Austria)"
    assert plain(dates.instant_text(instant, "Asia/Tokyo", "fr")) == "mardi 2 mars 2027, 18:00 (Japon)"


def test_meetings_and_days_are_counted() -> None:
    assert dates.days_text(14, "en") == "14 days"
    assert dates.meetings_text(6, "de") == "6\u00a0Sitzungen"
