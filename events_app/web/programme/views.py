"""The programme: the agenda, a year on one sheet, a month as a table."""

from datetime import date

from flask import Blueprint, abort, render_template

from events_app.dates.errors import SpanError
from events_app.dates.spans import (
    Month,
    month_of,
    month_span,
    months_of_year,
    next_month,
    previous_month,
    year_of,
    year_span,
)
from events_app.web.access import PUBLIC, open_to
from events_app.web.context import language
from events_app.web.programme.agenda import (
    agenda_months,
    asked_filter,
    asked_start,
    last_day_from,
    page_before,
    rows_between,
    strip_months,
    today,
)
from events_app.web.programme.days import days_of_month, entries_by_day, weeks_with_days
from events_app.web.programme.layer import layer
from events_app.web.years import year_or_404
from events_app.words.dates import month_name, month_text, weekday_names

programme = Blueprint("programme", __name__)


@programme.get("/")
@open_to(PUBLIC)
def agenda() -> str:
    """Show what comes, month by month, under the strip of twelve months."""
    first, chosen = asked_start(), asked_filter()
    rows = rows_between(chosen, first, last_day_from(first))
    return render_template(
        "programme/agenda.html", months=agenda_months(rows, first), strip=strip_months(rows, first), chosen=chosen,
        earlier=page_before(first, 1), later=page_before(first, -1),
    )  # fmt: skip


@programme.get("/year/<text>")
@open_to(PUBLIC)
def year(text: str) -> str:
    """Show a year on one sheet."""
    number, chosen = year_or_404(text), asked_filter()
    rows = rows_between(chosen, *year_span(number))
    entries, names = entries_by_day(rows), weekday_names(language(), "short")
    days = [(month, days_of_month(month, entries, today())) for month in months_of_year(number)]
    return render_template(
        "programme/year.html", year=number, rows=rows, weekdays=(names * 6)[:37], chosen=chosen,
        layer=layer(chosen.lens, *year_span(number), with_weekends=False),
        months=[(_key(month), month_name(month[1], language()), found) for month, found in days],
        before=_year_or_none(number - 1), after=_year_or_none(number + 1),
    )  # fmt: skip


@programme.get("/month/<text>")
@open_to(PUBLIC)
def month(text: str) -> str:
    """Show a month as a table of weeks."""
    shown, chosen = _month_or_404(text), asked_filter()
    rows = rows_between(chosen, *month_span(*shown))
    return render_template(
        "programme/month.html", key=_key(shown), year=shown[0], name=month_text(*shown, language()), rows=rows,
        weeks=weeks_with_days(shown, entries_by_day(rows), today()), chosen=chosen,
        weekdays=weekday_names(language()), short_weekdays=weekday_names(language(), "abbreviated"),
        neighbours=_neighbours(shown), layer=layer(chosen.lens, *month_span(*shown), with_weekends=True),
    )  # fmt: skip


def _year_or_none(number: int) -> int | None:
    try:
        return year_of(str(number))
    except SpanError:
        return None


def _month_or_404(text: str) -> Month:
    try:
        return month_of(text)
    except SpanError:
        abort(404, description="unknown-month")


def _neighbours(shown: Month) -> list[tuple[str, str, str]]:
    """Return the month before and the month after as (relation, key, name), as far as there are any."""
    found = []
    for relation, step in (("prev", previous_month), ("next", next_month)):
        try:
            other = step(*shown)
        except SpanError:
            continue
        found.append((relation, _key(other), month_text(*other, language())))
    return found


def _key(month: Month) -> str:
    return f"{date(*month, 1):%Y-%m}"
