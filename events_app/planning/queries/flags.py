"""Dates to look at again: a feast near an event was only estimated when the event was scheduled, and is now known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.dates.spans import days_between
from events_app.events.models import CANCELLED, Event
from events_app.events.queries import events
from events_app.events.rules.table import chair_line
from events_app.events.silence import status_in
from events_app.partnership.rules import Partnership
from events_app.planning.models import AcceptedClash, HolidayCorrection

DAY = timedelta(days=1)
ON, BESIDE, WAS_NEAR = "on", "beside", "was-near"


@dataclass(frozen=True)
class DateFlag:
    """An event and a holiday that was confirmed or moved since it was scheduled; `relation` is ON, BESIDE or WAS_NEAR.

    WAS_NEAR: it was expected on or beside the event's days, and has moved away.
    """

    event: Event
    correction: HolidayCorrection
    relation: str

    @property
    def key(self) -> str:
        """The name under which somebody accepts it."""
        return holiday_key(self.correction)


def holiday_key(correction: HolidayCorrection) -> str:
    """Return the name of the clash with a holiday: `holiday:MA:2027-05-16`."""
    return f"holiday:{correction.state_code}:{correction.day.isoformat()}"


def dates_to_look_at(session: Session, partnership: Partnership, now: datetime) -> list[DateFlag]:
    """Return the dates of coming events that nobody has accepted since the holiday was corrected, by event and day."""
    rows = select(HolidayCorrection).where(
        HolidayCorrection.name != "", HolidayCorrection.is_estimated.is_(False), HolidayCorrection.day >= _since(now)
    )
    corrections = session.scalars(rows.order_by(HolidayCorrection.day, HolidayCorrection.state_code)).all()
    if not corrections:
        return []
    coming = session.scalars(events().where(Event.ends_at > now, status_in(session) != CANCELLED)).all()
    found = [flag for event in coming for flag in _flags(event, corrections, partnership)]
    return _not_accepted(session, found)


def concerned_codes(event: Event, partnership: Partnership) -> set[str]:
    """Return the States whose holidays an event must heed: hosts, chairs, Partners of its groups."""
    partners = partnership.partners(event.group_keys, event.starts_on)
    return {*event.host_codes, *chair_line(event, partnership).state_codes, *partners}


def _flags(event: Event, corrections: Sequence[HolidayCorrection], partnership: Partnership) -> Iterator[DateFlag]:
    codes = concerned_codes(event, partnership)
    days = frozenset(days_between(event.starts_on, event.ends_on))
    near = days | {day + step for day in days for step in (-DAY, DAY)}
    for correction in corrections:
        if correction.state_code in codes and correction.corrected_at > event.scheduled_at:
            relation = _relation(correction, days, near)
            if relation:
                yield DateFlag(event, correction, relation)


def _relation(correction: HolidayCorrection, days: frozenset[date], near: frozenset[date]) -> str:
    if correction.day in days:
        return ON
    if correction.day in near:
        return BESIDE
    return WAS_NEAR if correction.moved_from in near else ""


def _not_accepted(session: Session, flags: list[DateFlag]) -> list[DateFlag]:
    keys = {flag.key for flag in flags}
    if not keys:
        return []
    rows = session.scalars(select(AcceptedClash).where(AcceptedClash.clash.in_(keys)))
    accepted = {(row.event_id, row.clash): row.accepted_at for row in rows}
    return [flag for flag in flags if not _is_accepted(flag, accepted.get((flag.event.id, flag.key)))]


def _is_accepted(flag: DateFlag, accepted_at: datetime | None) -> bool:
    return accepted_at is not None and accepted_at >= flag.correction.corrected_at


def _since(now: datetime) -> date:
    """Return the first day on which a holiday can still be near an event that is not over, moved as far as may be."""
    return now.date() - timedelta(days=62)
