"""When reminders fire, for whom, and how long they are worth sending. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from events_app.dates.wall_time import instant_of
from events_app.dates.working_days import working_day_on_or_before
from events_app.events.models import Event, Kind

FIRES_AT = time(9)
ORGANISERS, CONTACT_POINTS = "organisers", "contact-points"
PARTS = (ORGANISERS, CONTACT_POINTS)
ANY_GROUP = ""
MOST_DAYS, MOST_RULES = 60, 5
BY_EVENT, BY_GROUP, BY_KIND, BY_DATA = "event", "group", "kind", "data"

Days = tuple[int, ...]
PartDays = Mapping[str, Days | None]


@dataclass(frozen=True)
class Due:
    """One reminder of an event: the rule's days before, when it fires, and until when it is worth sending."""

    days: int
    fires_at: datetime
    valid_until: datetime


@dataclass(frozen=True)
class DayRules:
    """The days before, where somebody decided them: by event and part, by kind, group (empty: any) and part."""

    by_event: Mapping[tuple[int, str], Days] = field(default_factory=dict)
    by_kind: Mapping[tuple[str, str, str], Days] = field(default_factory=dict)


AS_DATA_SAY = DayRules()


def days_for(event: Event, part: str, rules: DayRules = AS_DATA_SAY) -> Days:
    """Return the days before an event on which a part (organisers or contact points) is reminded, the most first."""
    return days_and_source(event, part, rules)[0]


def days_and_source(event: Event, part: str, rules: DayRules) -> tuple[Days, str]:
    """Return the days of a part and what says so: the event's own rule, else its group's, its kind's, or the data."""
    own = rules.by_event.get((event.id, part))
    return (own, BY_EVENT) if own is not None else usual_days(event.kind, event.group_keys, part, rules)


def usual_days(kind: Kind, group_keys: Iterable[str], part: str, rules: DayRules) -> tuple[Days, str]:
    """Return the days that events of a kind and these groups have unless they have their own, and what says so.

    Where several groups meet, the days of each of their rules count.
    """
    found = [rules.by_kind[kind.key, key, part] for key in group_keys if (kind.key, key, part) in rules.by_kind]
    if found:
        return in_order(n for days in found for n in days), BY_GROUP
    for_all = rules.by_kind.get((kind.key, ANY_GROUP, part))
    return (days_in_data(kind, part), BY_DATA) if for_all is None else (for_all, BY_KIND)


def days_in_data(kind: Kind, part: str) -> Days:
    """Return the days that the data file gives for a kind."""
    return in_order(int(str(rule["days"])) for rule in kind.reminders if rule["to"] == part)


def in_order(days: Iterable[int]) -> Days:
    """Return days before an event each once, the most first."""
    return tuple(sorted(set(days), reverse=True))


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
