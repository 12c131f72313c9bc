"""Keeping shadows: what a file tells of another body's calendar replaces what it told before."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from events_app.ics.plain_text import clean_text
from events_app.planning.errors import ShadowNameError
from events_app.planning.models import Shadow, ShadowCalendar
from events_app.planning.queries.shadows import shadow_calendar_named
from events_app.trail.actions import record_deed

LONGEST_NAME, LONGEST_TITLE, LONGEST_LOCATION, LONGEST_FILE_NAME = 120, 300, 200, 200


@dataclass(frozen=True)
class ShadowEntry:
    """One event of another body, as a file tells it; the instants are None for an all-day event."""

    uid: str
    title: str
    location: str
    starts_on: date
    ends_on: date
    starts_at: datetime | None
    ends_at: datetime | None
    time_zone: str

    @property
    def is_all_day(self) -> bool:
        """Whether it has dates only."""
        return self.starts_at is None


@dataclass(frozen=True)
class ShadowCounts:
    """What keeping a file did: shadows that are new, differ, stayed, or went."""

    created: int
    updated: int
    unchanged: int
    removed: int


def keep_shadows(
    session: Session, name: str, file_name: str, entries: Sequence[ShadowEntry], now: datetime, *,
    person_id: int | None = None,
) -> ShadowCounts:  # fmt: skip
    """Make the calendar of a name hold exactly these entries, each UID once. Raises ShadowNameError."""
    calendar = _calendar(session, name)
    calendar.source_file_name = one_line(file_name)[:LONGEST_FILE_NAME]
    calendar.imported_at, calendar.imported_by_id = now, person_id
    counts = _replace(calendar, {entry.uid: entry for entry in entries})
    session.flush()
    record_deed(session, person_id, "import", "shadow-calendar", calendar.id, now)
    return counts


def remove_shadows(session: Session, calendar: ShadowCalendar, now: datetime, *, person_id: int | None = None) -> None:
    """Delete the calendar of another body with all that it holds."""
    record_deed(session, person_id, "remove", "shadow-calendar", calendar.id, now)
    session.delete(calendar)
    session.flush()


def checked_name(name: str) -> str:
    """Return a name as one line of clean text; raises ShadowNameError."""
    line = one_line(name)
    if not line or len(line) > LONGEST_NAME:
        raise ShadowNameError("too-long" if line else "empty", LONGEST_NAME)
    return line


def one_line(text: str) -> str:
    """Return text as one line of clean text."""
    return " ".join(clean_text(text).split())


def _calendar(session: Session, name: str) -> ShadowCalendar:
    found = shadow_calendar_named(session, checked_name(name))
    if found is None:
        found = ShadowCalendar(name=checked_name(name))
        session.add(found)
    return found


def _replace(calendar: ShadowCalendar, wanted: dict[str, ShadowEntry]) -> ShadowCounts:
    known = {shadow.uid: shadow for shadow in calendar.shadows}
    gone = [shadow for uid, shadow in known.items() if uid not in wanted]
    for shadow in gone:
        calendar.shadows.remove(shadow)
    changed = [_write(known[uid], entry) for uid, entry in wanted.items() if uid in known]
    new = [Shadow(**_columns(entry)) for uid, entry in wanted.items() if uid not in known]
    calendar.shadows.extend(new)
    return ShadowCounts(len(new), sum(changed), len(changed) - sum(changed), len(gone))


def _write(shadow: Shadow, entry: ShadowEntry) -> bool:
    """Write an entry over a shadow and return whether anything differed."""
    differing = {name: value for name, value in _columns(entry).items() if getattr(shadow, name) != value}
    for name, value in differing.items():
        setattr(shadow, name, value)
    return bool(differing)


def _columns(entry: ShadowEntry) -> dict[str, object]:
    cut = {"title": entry.title[:LONGEST_TITLE], "location": entry.location[:LONGEST_LOCATION]}
    return {**asdict(entry), **cut, "is_all_day": entry.is_all_day}
