"""Importing another body's calendar as shadows: kept apart from our events, for planning alone."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from events_app.dates.errors import SkippedTimeError, SpanError
from events_app.dates.wall_time import instant_of
from events_app.dates.zones import HOME_ZONE
from events_app.events.models import CANCELLED
from events_app.events.rules.details import FIRST_DAY, LAST_DAY
from events_app.feeds.importing.errors import RejectedItemError
from events_app.feeds.importing.items import LONGEST_UID, Item, Rejection, rejected
from events_app.feeds.importing.report import Report
from events_app.feeds.importing.source import Source
from events_app.ics.entry import DaySpan, TimedSpan
from events_app.planning.actions.shadows import ShadowEntry, keep_shadows

LONG_AGO = "no-instances"  # a series that lies outside the years that are planned


def import_shadows(
    session: Session, name: str, file_name: str, source: Source, now: datetime, *,
    person_id: int | None = None, is_partial: bool = False,
) -> Report:  # fmt: skip
    """Make the calendar of a name hold what a file tells; what is cancelled or long past is left out, not rejected.

    Nothing is written if something is rejected, unless `is_partial`. Raises ShadowNameError.
    """
    entries, rejections = _entries(source)
    if rejections and not is_partial:
        return Report(source.read, 0, 0, 0, rejections, is_refused=True)
    kept = keep_shadows(session, name, file_name, entries, now, person_id=person_id)
    return Report(source.read, kept.created, kept.updated, kept.unchanged, rejections, is_refused=False)


def _entries(source: Source) -> tuple[list[ShadowEntry], tuple[Rejection, ...]]:
    rejections = [rejection for rejection in source.rejections if rejection.reason != LONG_AGO]
    entries, seen = [], _StandIns()
    for item in source.items:
        if item.status == CANCELLED:
            continue
        try:
            entries.append(_entry(item, seen.name_of(item)))
        except RejectedItemError as error:
            rejections.append(rejected(item, error))
    return entries, tuple(sorted(rejections, key=lambda rejection: rejection.position))


class _StandIns:
    """What stands in for a UID where a file has none, the same whenever the same file is read."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def name_of(self, item: Item) -> str:
        if item.uid:
            return item.uid
        name = f"{item.starts_on.isoformat()} {item.title}"[: LONGEST_UID - 10]
        self.counts[name] = self.counts.get(name, 0) + 1
        return f"{name} ({self.counts[name]})"


def _entry(item: Item, uid: str) -> ShadowEntry:
    if not item.is_from_calendar and not item.theme:
        raise RejectedItemError("no-title")
    when = dict(_when(item))
    if not FIRST_DAY <= when["starts_on"] <= when["ends_on"] <= LAST_DAY:
        raise RejectedItemError("end-before-start" if when["starts_on"] > when["ends_on"] else "outside-years")
    if when["starts_at"] and when["starts_at"] > when["ends_at"]:
        raise RejectedItemError("end-before-start")
    return ShadowEntry(uid=uid, title=item.title, location=item.place, **when)


def _when(item: Item) -> dict[str, Any]:
    if isinstance(item.when, TimedSpan):
        return _timed_span(item.when)
    if isinstance(item.when, DaySpan):
        return _days(item.when.first, item.when.last, HOME_ZONE)
    fields = item.fields
    first, zone_name = item.starts_on, fields.get("time_zone", HOME_ZONE)
    last = fields.get("ends_on", first)
    if fields.get("start_time") is None:
        return _days(first, last, zone_name)
    starts_at, ends_at = _instants([(first, fields["start_time"]), (last, fields["end_time"])], zone_name)
    return {**_days(first, last, zone_name), "starts_at": starts_at, "ends_at": ends_at}


def _timed_span(when: TimedSpan) -> dict[str, Any]:
    days = _days(when.local_start.date(), when.local_end.date(), when.zone_name)
    return {**days, "starts_at": when.starts_at, "ends_at": when.ends_at}


def _days(first: date, last: date, zone_name: str) -> dict[str, Any]:
    return {"starts_on": first, "ends_on": last, "starts_at": None, "ends_at": None, "time_zone": zone_name}


def _instants(moments: list[tuple[date, time]], zone_name: str) -> Iterator[datetime]:
    for day, at in moments:
        try:
            yield instant_of(day, at, zone_name)
        except SkippedTimeError as error:
            raise RejectedItemError("skipped-hour", day=day, time=at) from error
        except SpanError as error:
            raise RejectedItemError("outside-years") from error
