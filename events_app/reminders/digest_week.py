"""The week of a digest: Mondays at 08:00 on its reader's clocks. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from events_app.dates.wall_time import local_of
from events_app.people.models import Person
from events_app.reminders.quiet import reading_zone, wall_instant

WRITTEN_AT = time(8)
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class DigestWeek:
    """When a digest is due (Monday 08:00), a week before and after that, and two; it is worth reading for two days."""

    name: str
    began_at: datetime
    due_at: datetime
    expires_at: datetime
    ends_at: datetime
    coming_until: datetime


def week_of(person: Person, now: datetime) -> DigestWeek:
    """Return the week in which somebody is on their own clocks; it is named `2026-W48` as ISO 8601 counts."""
    zone_name = reading_zone(person)
    today = local_of(now, zone_name).date()
    return week_from(today - today.weekday() * DAY, zone_name)


def week_from(monday: date, zone_name: str) -> DigestWeek:
    """Return the week that begins on a Monday in a zone; weeks follow each other without gap or overlap."""
    year, number, _ = monday.isocalendar()
    days = (monday - WEEK, monday, monday + 2 * DAY, monday + WEEK, monday + 2 * WEEK)
    return DigestWeek(f"{year}-W{number:02}", *(wall_instant(day, WRITTEN_AT, zone_name) for day in days))
