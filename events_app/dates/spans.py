"""Years, months and ISO weeks as spans of days; a month is (year, month), spans include their last day."""

import calendar
import re
from datetime import date, timedelta

from events_app.dates.errors import SpanError

FIRST_YEAR = 1973
LAST_YEAR = 2100

Month = tuple[int, int]
Span = tuple[date, date]


def checked_year(year: int) -> int:
    """Return the year; raises SpanError outside 1973 to 2100."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise SpanError(year)
    return year


def year_of(text: str) -> int:
    """Return the year that `2027` names; raises SpanError."""
    if not re.fullmatch("[0-9]{4}", text):
        raise SpanError(text)
    return checked_year(int(text))


def month_of(text: str) -> Month:
    """Return the month that `2027-03` names; raises SpanError."""
    if not re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])", text):
        raise SpanError(text)
    return checked_year(int(text[:4])), int(text[5:])


def year_span(year: int) -> Span:
    """Return the first and last day of a year; raises SpanError."""
    return date(checked_year(year), 1, 1), date(year, 12, 31)


def month_span(year: int, month: int) -> Span:
    """Return the first and last day of a month; raises SpanError."""
    _checked_month(year, month)
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def week_span(year: int, week: int) -> Span:
    """Return Monday and Sunday of an ISO week of an ISO year; raises SpanError."""
    if not 1 <= week <= weeks_in_year(year):
        raise SpanError(f"{year}-W{week}")
    return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)


def week_of(day: date) -> tuple[int, int]:
    """Return ISO year and ISO week of a day."""
    year, week, _ = day.isocalendar()
    return year, week


def weeks_in_year(year: int) -> int:
    """Return 52 or 53, the number of ISO weeks of a year; raises SpanError."""
    return date(checked_year(year), 12, 28).isocalendar().week


def next_month(year: int, month: int) -> Month:
    """Return the following month; raises SpanError after December 2100."""
    return _shifted(year, month, 1)


def previous_month(year: int, month: int) -> Month:
    """Return the month before; raises SpanError before January 1973."""
    return _shifted(year, month, -1)


def months_of_year(year: int) -> list[Month]:
    """Return the twelve months of a year; raises SpanError."""
    return months_between(*year_span(year))


def months_between(first: date, last: date) -> list[Month]:
    """Return the months from that of `first` to that of `last`, both included; empty if reversed."""
    start, end = _number(first.year, first.month), _number(last.year, last.month)
    return [(number // 12, number % 12 + 1) for number in range(start, end + 1)]


def weeks_of_month(year: int, month: int) -> list[list[date]]:
    """Return the weeks that touch a month, each seven days from Monday; raises SpanError."""
    first, last = month_span(year, month)
    mondays = range((first - timedelta(first.weekday())).toordinal(), last.toordinal() + 1, 7)
    return [[date.fromordinal(monday + day) for day in range(7)] for monday in mondays]


def first_of_month_before(day: date, months: int) -> date:
    """Return the first day of the month that lies `months` before that of `day`; raises SpanError."""
    return date(*_shifted(day.year, day.month, -months), 1)


def days_between(first: date, last: date) -> list[date]:
    """Return every day from `first` to `last`, both included; empty if reversed."""
    return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]


def _checked_month(year: int, month: int) -> None:
    checked_year(year)
    if not 1 <= month <= 12:
        raise SpanError(f"{year}-{month}")


def _number(year: int, month: int) -> int:
    return year * 12 + month - 1


def _shifted(year: int, month: int, months: int) -> Month:
    _checked_month(year, month)
    number = _number(year, month) + months
    return checked_year(number // 12), number % 12 + 1
