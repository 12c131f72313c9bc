"""Which slots clash, and in what."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from events_app.events.models import Event
from events_app.planning.clashes.slot import Slot
from events_app.planning.models import Shadow

VENUE, GROUP, CHAIR, HOST, PERSON, SHADOW = "venue", "group", "chair", "host", "person", "shadow"
COUNCIL, FORUM, MINISTERIAL = "permanent-council", "forum", "ministerial-council"
SITTINGS = (COUNCIL, FORUM, MINISTERIAL)
WEEKLY = (COUNCIL, FORUM)


@dataclass(frozen=True)
class Clash:
    """One thing in the way: what is shared, on which day of the other, and the other's event or shadow.

    `names` are the groups, States or people that both need.
    """

    what: str
    day: date
    event: Event | None = None
    shadow: Shadow | None = None
    names: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name under which somebody accepts it; another day makes another clash."""
        other = f"event-{self.event.id}" if self.event else f"shadow-{self.shadow.id}" if self.shadow else ""
        return f"{self.what}:{other}:{self.day.isoformat()}"


def clashes_between(slot: Slot, other: Slot, event: Event) -> list[Clash]:
    """Return in what a slot clashes with the slot of another event."""
    if slot.belongs_to(other):
        return []
    if slot.kind_key in WEEKLY or other.kind_key in WEEKLY:
        return _with_sitting(slot, other, event)
    found = ((what, shared(slot, other)) for what, shared in SHARED.items())
    clashes = [Clash(what, other.first_day, event, names=tuple(sorted(names))) for what, names in found if names]
    return [*clashes, *_with_sitting(slot, other, event)]


def clashes_with_shadows(slot: Slot, shadows: Iterable[Shadow]) -> list[Clash]:
    """Return the events of other bodies that are on at the time of a slot; all-day ones on its days."""
    return [Clash(SHADOW, shadow.starts_on, shadow=shadow) for shadow in shadows if _is_on(slot, shadow)]


def _with_sitting(slot: Slot, other: Slot, event: Event) -> list[Clash]:
    """Return the clash with a sitting of the Council, the Forum or the Ministerial Council, or with its room."""
    if other.kind_key in SITTINGS and slot.kind_key not in SITTINGS and slot.shares_a_day(other):
        return [Clash(other.kind_key, other.first_day, event)]
    is_weekly = slot.kind_key in WEEKLY or other.kind_key in WEEKLY
    names = _same_venue(slot, other) if is_weekly else frozenset()
    return [Clash(VENUE, other.first_day, event, names=tuple(names))] if names else []


def _same_venue(slot: Slot, other: Slot) -> frozenset[str]:
    if not slot.overlaps(other):
        return frozenset()
    pairs = ((slot.venue_key, other.venue_key), (slot.place, other.place))
    return frozenset(ours for ours, theirs in pairs if ours and ours == theirs)


def _same_groups(slot: Slot, other: Slot) -> frozenset[str]:
    return slot.group_keys & other.group_keys if slot.shares_a_day(other) else frozenset()


def _same_chairs(slot: Slot, other: Slot) -> frozenset[str]:
    return slot.chair_codes & other.chair_codes if slot.shares_a_day(other) else frozenset()


def _same_hosts(slot: Slot, other: Slot) -> frozenset[str]:
    return slot.host_codes & other.host_codes if slot.shares_a_day(other) else frozenset()


def _is_on(slot: Slot, shadow: Shadow) -> bool:
    if shadow.starts_at is None or shadow.ends_at is None:
        return shadow.starts_on <= slot.last_day and slot.first_day <= shadow.ends_on
    return slot.starts_at < shadow.ends_at and shadow.starts_at < slot.ends_at


SHARED: dict[str, Callable[[Slot, Slot], frozenset[str]]] = {
    VENUE: _same_venue,
    GROUP: _same_groups,
    CHAIR: _same_chairs,
    HOST: _same_hosts,
}
