"""Correcting holidays: confirmed, moved, added, struck; and taking a correction back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from events_app.dates.errors import SpanError
from events_app.dates.holiday_table import Holiday
from events_app.dates.spans import checked_year
from events_app.partnership.models import State
from events_app.planning.errors import HolidayError
from events_app.planning.models import HolidayCorrection
from events_app.planning.queries.feasts import feast_of, is_same_feast
from events_app.planning.queries.holidays import holiday_table
from events_app.trail.actions import record_deed

FARTHEST_MOVE = timedelta(days=60)
LONGEST = {"name": 300, "reason": 500, "source": 500}


@dataclass(frozen=True)
class Grounds:
    """Why a holiday is corrected, where it says so, and when the State announced it (None: not known)."""

    reason: str
    source: str = ""
    confirmed_on: date | None = None


def correct_holiday(
    session: Session, holiday: Holiday, grounds: Grounds, now: datetime, *, by_id: int | None
) -> HolidayCorrection:
    """Say that a State has this holiday, whatever the table says of that day; raises HolidayError."""
    _check(session, holiday.state_code, holiday.day, grounds, now)
    _check_text("name", holiday.name)
    [row] = _write(session, holiday.state_code, {holiday.day: holiday}, grounds, now, by_id)
    record_deed(session, by_id, "add-holiday", "holiday", _thing(holiday.state_code, holiday.day), now)
    return row


def confirm_holiday(
    session: Session, state_code: str, day: date, grounds: Grounds, now: datetime, *, by_id: int | None, whole: bool
) -> list[HolidayCorrection]:
    """Say that an estimated holiday (`whole`: the whole feast) stays where it is; raises HolidayError."""
    feast = _feast(session, state_code, day, grounds, now, whole=whole)
    if not any(holiday.is_estimated for holiday in feast):
        raise HolidayError("deed", "not-estimated")
    sure = {holiday.day: replace(holiday, is_estimated=False) for holiday in feast}
    rows = _write(session, state_code, sure, grounds, now, by_id)
    record_deed(session, by_id, "confirm-holiday", "holiday", _thing(state_code, day), now)
    return rows


def move_holiday(
    session: Session, state_code: str, day: date, to: date, grounds: Grounds, now: datetime, *, by_id: int | None,
    whole: bool,
) -> list[HolidayCorrection]:  # fmt: skip
    """Say that a holiday (`whole`: the whole feast, by as many days) falls on another day; raises HolidayError."""
    feast, step = _feast(session, state_code, day, grounds, now, whole=whole), to - day
    if not step or abs(step) > FARTHEST_MOVE:
        raise HolidayError("new_day", "too-far" if step else "same-day")
    _check_year("new_day", to)
    moved = [_moved(session, holiday, step, feast) for holiday in feast]
    written = {holiday.day: None for holiday in feast} | {holiday.day: holiday for holiday in moved}
    rows = _write(session, state_code, written, grounds, now, by_id)
    for row in rows:
        row.moved_from = row.day - step if row.name else None
    record_deed(session, by_id, "move-holiday", "holiday", _thing(state_code, day), now)
    session.flush()
    return rows


def strike_holiday(
    session: Session, state_code: str, day: date, grounds: Grounds, now: datetime, *, by_id: int | None, whole: bool
) -> list[HolidayCorrection]:
    """Say that a State has no holiday on a day (`whole`: on no day of the feast); raises HolidayError."""
    feast = _feast(session, state_code, day, grounds, now, whole=whole)
    rows = _write(session, state_code, {holiday.day: None for holiday in feast}, grounds, now, by_id)
    record_deed(session, by_id, "strike-holiday", "holiday", _thing(state_code, day), now)
    return rows


def take_back(session: Session, correction: HolidayCorrection, now: datetime, *, by_id: int | None) -> int:
    """Delete a correction with what else the same deed corrected, and return how many days that is."""
    same_deed = (
        HolidayCorrection.state_code == correction.state_code,
        HolidayCorrection.corrected_at == correction.corrected_at,
        HolidayCorrection.reason == correction.reason,
    )
    thing = _thing(correction.state_code, correction.day)
    gone = session.scalars(delete(HolidayCorrection).where(*same_deed).returning(HolidayCorrection.id)).all()
    record_deed(session, by_id, "take-back-holiday", "holiday", thing, now)
    session.flush()
    return len(gone)


def _feast(
    session: Session, state_code: str, day: date, grounds: Grounds, now: datetime, *, whole: bool
) -> list[Holiday]:
    _check(session, state_code, day, grounds, now)
    feast = feast_of(session, state_code, day)
    if not feast:
        raise HolidayError("day", "no-holiday")
    return feast if whole else [holiday for holiday in feast if holiday.day == day]


def _moved(session: Session, holiday: Holiday, step: timedelta, feast: list[Holiday]) -> Holiday:
    """Return a holiday on its new day; another one that is there stays, both in one name."""
    code, day = holiday.state_code, holiday.day + step
    there = holiday_table(session, day, day, [code]).on(code, day)
    is_free = there is None or there in feast or is_same_feast(there, holiday)
    name = holiday.name if there is None or is_free else f"{there.name}; {holiday.name}"
    return Holiday(day, code, name[: LONGEST["name"]])


def _write(
    session: Session, state_code: str, wanted: Mapping[date, Holiday | None], grounds: Grounds, now: datetime,
    by_id: int | None,
) -> list[HolidayCorrection]:  # fmt: skip
    """Write what holds of each day (None: no holiday) over what was corrected of it before, by day."""
    known = select(HolidayCorrection).where(
        HolidayCorrection.state_code == state_code, HolidayCorrection.day.in_(list(wanted))
    )
    rows = {row.day: row for row in session.scalars(known)}
    for day, holiday in wanted.items():
        row = rows.setdefault(day, HolidayCorrection(state_code=state_code, day=day))
        row.name, row.is_estimated = (holiday.name.strip(), holiday.is_estimated) if holiday else ("", False)
        row.reason, row.source, row.confirmed_on = grounds.reason.strip(), grounds.source.strip(), grounds.confirmed_on
        row.moved_from, row.corrected_at, row.corrected_by_id = None, now, by_id
        session.add(row)
    session.flush()
    return [rows[day] for day in sorted(rows)]


def _check(session: Session, state_code: str, day: date, grounds: Grounds, now: datetime) -> None:
    if session.get(State, state_code) is None:
        raise HolidayError("state_code", "unknown")
    _check_year("day", day)
    _check_text("reason", grounds.reason)
    if len(grounds.source) > LONGEST["source"]:
        raise HolidayError("source", "too-long")
    if grounds.confirmed_on and grounds.confirmed_on > now.date():
        raise HolidayError("confirmed_on", "in-the-future")


def _check_text(field: str, text: str) -> None:
    if not text.strip() or len(text) > LONGEST[field]:
        raise HolidayError(field, "too-long" if text.strip() else "needed")


def _check_year(field: str, day: date) -> None:
    try:
        checked_year(day.year)
    except SpanError as error:
        raise HolidayError(field, "out-of-range") from error


def _thing(state_code: str, day: date) -> str:
    return f"{state_code} {day.isoformat()}"
