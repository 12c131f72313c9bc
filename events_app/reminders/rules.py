"""When reminders fire, for whom, and how long they are worth sending. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from events_app.dates.wall_time import instant_of
from events_app.dates.working_days import working_day_on_or_before
from events_app.events.models import Event

FIRES_AT = time(9)
ORGANISERS, CONTACT_POINTS = "organisers", "contact-points"


@dataclass(frozen=True)
class Due:
    """One reminder of an event: the rule's days before, when it fires, and until when it is worth sending."""

    days: int
    fires_at: datetime
    valid_until: datetime


def days_for(event: Event, part: str) -> tuple[int, ...]:
    """Return the days before an event on which a part (organisers or contact points) is reminded, the most first."""
    found = {int(str(rule["days"])) for rule in event.kind.reminders if rule["to"] == part}
    return tuple(sorted(found, reverse=True))


def reminders_due(event: Event, days: Iterable[int]) -> list[Due]:
    """Return a reader's reminders of an event in order; rules that fire together make one, the nearest.

    Each is valid until the reader's next one fires, the last until the event starts.
    """
    by_instant = {fires_at(event, n): n for n in sorted(days, reverse=True)}
    instants = sorted(instant for instant in by_instant if instant < event.starts_at)
    ends = [*instants[1:], event.starts_at]
    return [Due(by_instant[fires], fires, until) for fires, until in zip(instants, ends, strict=True)]


def fires_at(event: Event, days: int) -> datetime:
    """Return the instant at which a reminder fires: 09:00 in the event's zone, moved back to a Vienna working day."""
    day = working_day_on_or_before(event.starts_on - timedelta(days=days))
    return instant_of(day, FIRES_AT, event.time_zone)
