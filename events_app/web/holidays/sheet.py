"""The holidays of a year and what was corrected of them, as the page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import abort, request

from events_app.dates.holiday_table import Holiday
from events_app.dates.spans import year_span
from events_app.extensions import db
from events_app.partnership.rules import Partnership
from events_app.people.queries import names_by_id
from events_app.planning.lens import CHAIR, PARTNER
from events_app.planning.models import HolidayCorrection
from events_app.planning.queries.holidays import corrections_of, holiday_table
from events_app.planning.queries.lens import SEAT_CODE, Asked, concerned_on
from events_app.web.access import current_reader
from events_app.web.context import language, say
from events_app.words.dates import day_text, month_name, short_day_text
from events_app.words.states import sorted_by_name, state_name

EVERY = "all"


@dataclass(frozen=True)
class HolidayRow:
    """A State's holiday on one line."""

    day: date
    day_text: str
    state_code: str
    state: str
    name: str
    is_estimated: bool
    is_corrected: bool


@dataclass(frozen=True)
class CorrectionRow:
    """A correction on one line: what it says, why, and who said so when (`at` is an instant in ISO 8601)."""

    id: int
    day_text: str
    state: str
    name: str
    what: str
    reason: str
    source: str
    announced: str
    by: str
    at: str


def asked_states(year: int) -> tuple[str, list[str]]:
    """Return what the reader chose to see, and the States that this means; 404 for a State or group there is not."""
    facts = current_reader().partnership
    chosen = request.args.get("of", "")
    if chosen == EVERY:
        return chosen, sorted(facts.states)
    if chosen in facts.states:
        return chosen, [chosen]
    if chosen and chosen not in facts.groups:
        abort(404, description="unknown-group")
    keys = (chosen,) if chosen else tuple(facts.groups)
    return chosen, _concerned(facts, keys, year)


def choices() -> list[tuple[str, str]]:
    """Return the single States that can be chosen, by name."""
    states = current_reader().partnership.states
    return [(code, state_name(code, language())) for code in sorted_by_name(states, language())]


def months_of_holidays(year: int, codes: Iterable[str], corrections: list[HolidayCorrection]) -> list[
    tuple[str, list[HolidayRow]]
]:  # fmt: skip
    """Return the holidays of States in a year by month."""
    table = holiday_table(db.session(), *year_span(year), codes)
    corrected = {(row.state_code, row.day) for row in corrections}
    rows = [_row(holiday, corrected) for holiday in table.between(*year_span(year))]
    names = {month: month_name(month, language()) for month in range(1, 13)}
    return [(name, [row for row in rows if row.day.month == month]) for month, name in names.items()]


def correction_rows(year: int) -> tuple[list[HolidayCorrection], list[CorrectionRow]]:
    """Return what was corrected of a year, as stored and as shown."""
    found = corrections_of(db.session(), year)
    people = names_by_id(db.session(), (row.corrected_by_id for row in found))
    return found, [_correction(row, people) for row in found]


def _concerned(facts: Partnership, keys: tuple[str, ...], year: int) -> list[str]:
    """Return the seat, the Chairmanship, the groups' chairs and Partners at the year's begin and end."""
    found = {SEAT_CODE}
    for day in year_span(year):
        for asked in (Asked(keys), Asked()):
            codes = concerned_on(day, asked, facts).codes
            found |= {*codes[CHAIR], *codes[PARTNER]}
    return sorted(found)


def _row(holiday: Holiday, corrected: set[tuple[str, date]]) -> HolidayRow:
    return HolidayRow(
        day=holiday.day,
        day_text=short_day_text(holiday.day, language()),
        state_code=holiday.state_code,
        state=state_name(holiday.state_code, language()),
        name=holiday.name,
        is_estimated=holiday.is_estimated,
        is_corrected=(holiday.state_code, holiday.day) in corrected,
    )


def _correction(row: HolidayCorrection, people: dict[int, str]) -> CorrectionRow:
    return CorrectionRow(
        id=row.id,
        day_text=short_day_text(row.day, language()),
        state=state_name(row.state_code, language()),
        name=row.name,
        what=_what(row),
        reason=row.reason,
        source=row.source,
        announced=day_text(row.confirmed_on, language()) if row.confirmed_on else "",
        by=people.get(row.corrected_by_id or 0, ""),
        at=row.corrected_at.isoformat(),
    )


def _what(row: HolidayCorrection) -> str:
    if not row.name:
        return say("no holiday")
    if row.moved_from:
        return say("moved from {day}", day=short_day_text(row.moved_from, language()))
    return say("estimated") if row.is_estimated else say("certain")
