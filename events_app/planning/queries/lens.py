"""Reading what the holiday lens needs, and looking through it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from events_app.dates.spans import days_between
from events_app.events.models import CONFIRMED, PUBLIC, Event
from events_app.events.rules.table import ChairLine
from events_app.events.silence import status_in
from events_app.partnership.errors import GroupNotFoundedError
from events_app.partnership.rules import Partnership
from events_app.planning.lens import CHAIR, COUNCIL, FORUM, HOST, PARTICIPATING, PARTNER, SEAT, Concerned, Lens
from events_app.planning.lens.looking import RAMADAN_DAYS, LensFacts, Span, look
from events_app.planning.observances import observed_days
from events_app.planning.queries.holidays import holiday_table

DAY = timedelta(days=1)
SEAT_CODE = "AT"
SITTINGS = {"permanent-council": COUNCIL, "forum": FORUM}
MINISTERIAL = "ministerial-council"


@dataclass(frozen=True)
class Asked:
    """For whom a date is looked at: groups (none: the Organization's own meetings), hosts, chairs (None: by rule)."""

    group_keys: tuple[str, ...] = ()
    host_codes: tuple[str, ...] = ()
    chair_codes: tuple[str, ...] | None = None


def lens_between(session: Session, first: date, last: date, asked: Asked, partnership: Partnership) -> list[Lens]:
    """Return what stands on each day of a span for those whom a date concerns; a constant number of queries."""
    facts = lens_facts(session, first, last)
    return look(days_between(first, last), lambda day: concerned_on(day, asked, partnership), facts)


def lens_facts(session: Session, first: date, last: date) -> LensFacts:
    """Return what a look at a span of days needs; of meetings only what everybody may see."""
    table = holiday_table(session, first - timedelta(days=RAMADAN_DAYS), last)
    gatherings = _gatherings(session, first, last)
    return LensFacts(
        holidays=table,
        observed=observed_days(first, last, table),
        sittings={what: _days(row for row in gatherings if row.kind_key == key) for key, what in SITTINGS.items()},
        ministerials=_ministerials(row for row in gatherings if row.kind_key == MINISTERIAL),
    )


def concerned_on(day: date, asked: Asked, partnership: Partnership) -> Concerned:
    """Return the States that a date concerns: the seat, hosts, chairs, the groups' Partners, participating States."""
    chairs = _chairs(day, asked, partnership) if asked.chair_codes is None else asked.chair_codes
    return Concerned({
        SEAT: (SEAT_CODE,),
        HOST: asked.host_codes,
        CHAIR: chairs,
        PARTNER: tuple(partnership.partners(asked.group_keys, day)),
        PARTICIPATING: tuple(partnership.participating(day)),
    })  # fmt: skip


def _chairs(day: date, asked: Asked, partnership: Partnership) -> tuple[str, ...]:
    if not asked.group_keys:
        return ChairLine((partnership.chairmanship(day.year, day),)).state_codes
    try:
        return ChairLine(tuple(partnership.chairs(asked.group_keys, day))).state_codes
    except GroupNotFoundedError:
        return ()


def _gatherings(session: Session, first: date, last: date) -> list[Row[Any]]:
    """Return kind and days of the Council's, the Forum's and the Ministerial Council's public meetings."""
    kinds = (*SITTINGS, MINISTERIAL)
    rows = select(Event.kind_key, Event.starts_on, Event.ends_on).where(
        Event.kind_key.in_(kinds),
        Event.visibility == PUBLIC,
        status_in(session) == CONFIRMED,
        Event.starts_on <= date(last.year, 12, 31),
        Event.ends_on >= date(first.year, 1, 1),
    )
    return list(session.execute(rows.order_by(Event.starts_on)))


def _days(rows: Iterable[Row[Any]]) -> frozenset[date]:
    return frozenset(day for row in rows for day in days_between(row.starts_on, row.ends_on))


def _ministerials(rows: Iterable[Row[Any]]) -> dict[int, Span]:
    """Return the dates of the Ministerial Council by year; two parts of one are one span."""
    found: dict[int, Span] = {}
    for row in rows:
        known = found.get(row.starts_on.year, (row.starts_on, row.ends_on))
        found[row.starts_on.year] = (min(known[0], row.starts_on), max(known[1], row.ends_on))
    return found
