"""Quiet hours: when a letter that is due in them goes. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from events_app.dates.errors import UnknownZoneError
from events_app.dates.wall_time import local_of
from events_app.dates.zones import HOME_ZONE, zone
from events_app.people.models import Person

DAY = timedelta(days=1)


@dataclass(frozen=True)
class QuietHours:
    """From when to when, on whose clocks, somebody wants no letters; the end may lie on the next day."""

    begins: time
    ends: time
    time_zone: str

    @property
    def is_over_midnight(self) -> bool:
        """Whether they begin on one day and end on the next."""
        return self.begins > self.ends

    def holds(self, at: time) -> bool:
        """Return whether a time of day lies in them; their end does not."""
        if self.is_over_midnight:
            return at >= self.begins or at < self.ends
        return self.begins <= at < self.ends


def quiet_hours_of(person: Person) -> QuietHours | None:
    """Return a person's quiet hours, if there are any."""
    if person.quiet_from is None or person.quiet_until is None:
        return None
    return QuietHours(person.quiet_from, person.quiet_until, reading_zone(person))


def end_of_quiet(hours: QuietHours, instant: datetime) -> datetime | None:
    """Return when the quiet hours end in which an instant lies; None if it lies in none."""
    local = local_of(instant, hours.time_zone)
    at = local.time()
    if not hours.holds(at):
        return None
    ends_tomorrow = hours.is_over_midnight and at >= hours.begins
    return wall_instant(local.date() + DAY if ends_tomorrow else local.date(), hours.ends, hours.time_zone)


def wall_instant(day: date, at: time, zone_name: str) -> datetime:
    """Return the UTC instant of a local time that always has one.

    Of a time that happens twice it is the second; one that is skipped is read by the clock before the jump, so that a
    night is as long as any other.
    """
    local = datetime.combine(day, at, tzinfo=zone(zone_name))
    return max(local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))


def reading_zone(person: Person) -> str:
    """Return the zone in which a person reads; Vienna's if it is unknown today."""
    try:
        zone(person.time_zone)
    except UnknownZoneError:
        return HOME_ZONE
    return person.time_zone
