"""Fair hours: what an event with an online part asks of each State, by the clock of its capital."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from events_app.dates.wall_time import local_of
from events_app.events.models import IN_PERSON, Event

EARLIEST, LATEST = time(7), time(20)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass(frozen=True)
class LocalHours:
    """From when until when an event takes place on the clocks of a State; minutes of it before 07:00 or after 20:00."""

    state_code: str
    starts: datetime
    ends: datetime
    unfair_minutes: int

    @property
    def is_fair(self) -> bool:
        """Whether all of it lies between 07:00 and 20:00."""
        return self.unfair_minutes == 0


@dataclass(frozen=True)
class Burden:
    """What a year's online hours ask of a State: events in all, those at unfair hours, and the minutes of these."""

    state_code: str
    events: int
    unfair_events: int
    unfair_minutes: int


def has_online_part(event: Event) -> bool:
    """Return whether people join an event from elsewhere at given hours."""
    return event.format != IN_PERSON and not event.is_all_day


def local_hours(event: Event, state_codes: Iterable[str], zones: Mapping[str, str]) -> list[LocalHours]:
    """Return the hours of an event in each State, by its code in `zones` (IANA names), the most unfair first."""
    found = [_hours_in(event, code, zones[code]) for code in state_codes]
    return sorted(found, key=lambda hours: (-hours.unfair_minutes, hours.state_code))


def burdens(hours: Iterable[LocalHours]) -> list[Burden]:
    """Return what the hours of many events ask of each State, the heaviest burden first."""
    by_state: dict[str, list[LocalHours]] = {}
    for one in hours:
        by_state.setdefault(one.state_code, []).append(one)
    found = [_burden(code, of_state) for code, of_state in by_state.items()]
    return sorted(found, key=lambda burden: (-burden.unfair_minutes, -burden.unfair_events, burden.state_code))


def _burden(code: str, hours: list[LocalHours]) -> Burden:
    unfair = [one.unfair_minutes for one in hours if not one.is_fair]
    return Burden(code, len(hours), len(unfair), sum(unfair))


def _hours_in(event: Event, code: str, zone_name: str) -> LocalHours:
    starts, ends = local_of(event.starts_at, zone_name), local_of(event.ends_at, zone_name)
    whole = (event.ends_at - event.starts_at) // MINUTE
    return LocalHours(code, starts, ends, max(0, whole - _fair_minutes(starts, ends)))


def _fair_minutes(starts: datetime, ends: datetime) -> int:
    """Return the minutes between two local times that lie within fair hours, as the clocks on the wall count them."""
    first, last = starts.replace(tzinfo=None), ends.replace(tzinfo=None)
    minutes, day = 0, first.date()
    while day <= last.date():
        opens, closes = datetime.combine(day, EARLIEST), datetime.combine(day, LATEST)
        minutes += max(timedelta(), min(last, closes) - max(first, opens)) // MINUTE
        day += DAY
    return minutes
