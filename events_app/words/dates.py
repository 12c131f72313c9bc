"""Dates and times as people read them: 24 hours, weeks that begin on Monday, Western digits in every language."""

from datetime import date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval, format_skeleton, format_time, get_day_names, get_month_names

from events_app.words.catalogue import translate_plural
from events_app.words.languages import locale_of
from events_app.words.zones import zone_text

SHORT_DAY = "yMMMEd"


class Span(Protocol):
    """What has first and last days and perhaps times: an event, a proposal."""

    @property
    def starts_on(self) -> date: ...
    @property
    def start_time(self) -> time | None: ...
    @property
    def ends_on(self) -> date: ...
    @property
    def end_time(self) -> time | None: ...


def day_text(day: date, language: str) -> str:
    """Return `Tuesday, 2 March 2027`."""
    return format_date(day, "full", locale_of(language))


def short_day_text(day: date, language: str) -> str:
    """Return `Tue, 2 Mar 2027`."""
    return format_skeleton(SHORT_DAY, day, locale=locale_of(language))


def month_text(year: int, month: int, language: str) -> str:
    """Return `March 2027`."""
    return format_skeleton("yMMMM", date(year, month, 1), locale=locale_of(language))


def month_name(month: int, language: str) -> str:
    """Return `March`, as it stands alone."""
    return str(get_month_names("wide", "stand-alone", locale_of(language))[month])


def weekday_name(day: date, language: str) -> str:
    """Return `Tuesday`, as it stands alone."""
    return weekday_names(language)[day.weekday()]


def weekday_names(language: str, width: str = "wide") -> tuple[str, ...]:
    """Return the seven names from Monday on; `width` is wide, abbreviated, short or narrow."""
    names = get_day_names(width, "stand-alone", locale_of(language))  # type: ignore[arg-type]
    return tuple(str(names[number]) for number in range(7))


def time_text(moment: time, language: str) -> str:
    """Return `10:00`."""
    return format_time(moment, "HH:mm", locale=locale_of(language))


def span_text(span: Span, language: str) -> str:
    """Return from when to when, in the span's own zone: `Tuesday, 2 March 2027, 10:00–12:30`."""
    if span.start_time is None or span.end_time is None:
        return days_span_text(span.starts_on, span.ends_on, language)
    start, end = time_text(span.start_time, language), time_text(span.end_time, language)
    if span.starts_on == span.ends_on:
        return day_and_time_text(span.starts_on, f"{start}–{end}", language)
    first = day_and_time_text(span.starts_on, start, language)
    return f"{first} – {day_and_time_text(span.ends_on, end, language)}"


def days_span_text(first: date, last: date, language: str) -> str:
    """Return one day in full, or from which to which day: `Tue, 2 – Wed, 3 Mar 2027`."""
    if first == last:
        return day_text(first, language)
    return format_interval(first, last, SHORT_DAY, locale=locale_of(language))


def instant_text(instant: datetime, zone_name: str, language: str) -> str:
    """Return an aware instant in a zone, which is named by its State: `Tuesday, 2 March 2027, 10:00 (Austria)`."""
    local = instant.astimezone(ZoneInfo(zone_name))
    text = day_and_time_text(local.date(), time_text(local.time(), language), language)
    return f"{text} ({zone_text(zone_name, language)})"


def day_and_time_text(day: date, times: str, language: str) -> str:
    """Return a day in full with what follows it, joined as the language joins them."""
    pattern = str(locale_of(language).datetime_formats["medium"])
    return pattern.format(times, day_text(day, language))


def days_text(count: int, language: str) -> str:
    """Return `1 day`, `14 days`."""
    return translate_plural(language, "{count} day", "{count} days", count)


def meetings_text(count: int, language: str) -> str:
    """Return `1 meeting`, `6 meetings`."""
    return translate_plural(language, "{count} meeting", "{count} meetings", count)
