"""Changing the roster of Chairmanships."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from events_app.partnership.errors import ChairmanshipError
from events_app.partnership.models import CHAIRMANSHIP_STATUSES, UNDETERMINED, Chairmanship
from events_app.partnership.queries import partnership
from events_app.trail.actions import record_deed

FIRST_YEAR, LAST_YEAR = 1991, 2100


@dataclass(frozen=True)
class RosterEntry:
    """What is known of one year's Chairmanship."""

    year: int
    state_code: str | None
    status: str
    decided_on: date | None
    source: str


def record_chairmanship(session: Session, entry: RosterEntry, person_id: int | None, now: datetime) -> Chairmanship:
    """Write one year of the roster; raises ChairmanshipError. Events hear of it through `events.actions`."""
    _check_entry(session, entry, now)
    row = session.get(Chairmanship, entry.year) or Chairmanship(year=entry.year)
    row.state_code = None if entry.status == UNDETERMINED else entry.state_code
    row.status, row.decided_on, row.source = entry.status, entry.decided_on, entry.source
    row.corrected_at = now
    session.add(row)
    record_deed(session, person_id, "record-chairmanship", "chairmanship", entry.year, now)
    session.flush()
    return row


def _check_entry(session: Session, entry: RosterEntry, now: datetime) -> None:
    if not FIRST_YEAR <= entry.year <= LAST_YEAR:
        raise ChairmanshipError("year", "out-of-range")
    if entry.status not in CHAIRMANSHIP_STATUSES:
        raise ChairmanshipError("status", "unknown")
    if entry.status != UNDETERMINED and not entry.state_code:
        raise ChairmanshipError("state_code", "needed")
    participating = partnership(session).participating(date(entry.year, 1, 1))
    if entry.status != UNDETERMINED and entry.state_code not in participating:
        raise ChairmanshipError("state_code", "not-participating")
    if entry.decided_on and entry.decided_on > now.date():
        raise ChairmanshipError("decided_on", "in-the-future")
