"""Where and when an event is or would be, and with whom: all that can clash."""

from dataclasses import dataclass
from datetime import date, datetime

from events_app.dates.wall_time import day_bounds, instant_of
from events_app.events.models import Event, Kind
from events_app.events.rules.details import EventDetails
from events_app.events.rules.table import chair_line
from events_app.partnership.rules import Partnership


@dataclass(frozen=True)
class Slot:
    """Days in the event's zone, both included; instants, the end exclusive; `chair_codes` of States known to chair.

    `venue_key` of a stored event is that of a room; in a host city many can meet at once.
    """

    event_id: int | None
    parent_id: int | None
    kind_key: str
    first_day: date
    last_day: date
    starts_at: datetime
    ends_at: datetime
    venue_key: str | None
    place: str
    group_keys: frozenset[str]
    host_codes: frozenset[str]
    chair_codes: frozenset[str]

    def shares_a_day(self, other: "Slot") -> bool:
        """Return whether both take place on one day."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day

    def overlaps(self, other: "Slot") -> bool:
        """Return whether both take place at one time."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def belongs_to(self, other: "Slot") -> bool:
        """Return whether one stands on the margins of the other, or both on those of a third."""
        ids = {self.event_id, self.parent_id} - {None}
        return bool(ids & ({other.event_id, other.parent_id} - {None}))


def slot_of(event: Event, facts: Partnership) -> Slot:
    """Return the slot of a stored event."""
    return Slot(
        event_id=event.id,
        parent_id=event.parent_id,
        kind_key=event.kind_key,
        first_day=event.starts_on,
        last_day=event.ends_on,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        venue_key=None if event.venue is None or event.venue.is_city else event.venue_key,
        place=_plain(event.place),
        group_keys=frozenset(event.group_keys),
        host_codes=frozenset(event.host_codes),
        chair_codes=frozenset(chair_line(event, facts).state_codes),
    )


def slot_of_details(details: EventDetails, kind: Kind, facts: Partnership, event_id: int | None = None) -> Slot:
    """Return the slot of details that nothing is wrong with."""
    starts_at, ends_at = _instants(details)
    hosts = [code for code in (details.host_code, *details.co_host_codes) if code]
    return Slot(
        event_id=event_id,
        parent_id=details.parent_id,
        kind_key=kind.key,
        first_day=details.starts_on,
        last_day=details.ends_on,
        starts_at=starts_at,
        ends_at=ends_at,
        venue_key=details.venue_key,
        place=_plain(details.place),
        group_keys=frozenset(details.group_keys),
        host_codes=frozenset(hosts),
        chair_codes=_chairs(details, kind, facts),
    )


def _instants(details: EventDetails) -> tuple[datetime, datetime]:
    if details.start_time is None or details.end_time is None:
        return day_bounds(details.starts_on, details.ends_on, details.time_zone)
    return (
        instant_of(details.starts_on, details.start_time, details.time_zone, details.start_fold),
        instant_of(details.ends_on, details.end_time, details.time_zone, details.end_fold),
    )


def _chairs(details: EventDetails, kind: Kind, facts: Partnership) -> frozenset[str]:
    if details.chair_override_code:
        return frozenset({details.chair_override_code})
    if kind.chairing == "group":
        chairs = facts.chairs(details.group_keys, details.starts_on)
    elif kind.chairing == "chairmanship":
        chairs = [facts.chairmanship(details.starts_on.year, details.starts_on)]
    else:
        return frozenset({details.host_code} if kind.chairing == "host" and details.host_code else ())
    return frozenset(chair.state_code for chair in chairs if chair.is_decided and chair.state_code)


def _plain(place: str) -> str:
    return " ".join(place.casefold().split())
