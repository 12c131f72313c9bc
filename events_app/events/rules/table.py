"""Who sits at the table of one event: its chairs and the States invited."""

from dataclasses import dataclass

from events_app.events.models import HOST, Event
from events_app.partnership.models import DECIDED, UNDETERMINED
from events_app.partnership.rules import Chair, Partnership


@dataclass(frozen=True)
class ChairLine:
    """The chairs of an event; `reason` is given if the rule was overridden for it."""

    chairs: tuple[Chair, ...]
    reason: str = ""

    @property
    def is_override(self) -> bool:
        """Whether somebody decided otherwise than the rule."""
        return bool(self.reason)

    @property
    def state_codes(self) -> tuple[str, ...]:
        """The States that are known to chair."""
        return tuple(chair.state_code for chair in self.chairs if chair.is_decided and chair.state_code)


def chair_line(event: Event, partnership: Partnership) -> ChairLine:
    """Return who chairs an event, from its kind, groups and date."""
    year = event.starts_on.year
    if event.chair_override_code:
        return ChairLine((Chair(None, year, event.chair_override_code, DECIDED),), event.chair_override_reason)
    if event.kind.chairing == "group":
        return ChairLine(tuple(partnership.chairs(event.group_keys, event.starts_on)))
    if event.kind.chairing == "chairmanship":
        return ChairLine((partnership.chairmanship(year, event.starts_on),))
    if event.kind.chairing == "host":
        return ChairLine(_host_chair(event, year))
    return ChairLine(())


def roster_years(event: Event, partnership: Partnership) -> set[int]:
    """Return the years of the roster on which the event's chair depends; an override depends on none."""
    if event.chair_override_code or event.kind.chairing not in ("group", "chairmanship"):
        return set()
    return {chair.year for chair in chair_line(event, partnership).chairs}


def invited_codes(event: Event, partnership: Partnership) -> set[str]:
    """Return the States whose delegations an event invites, by its kind and date; hosts always."""
    day, invites, hosts = event.starts_on, event.kind.invites, set(event.host_codes)
    if invites == "all":
        return hosts | set(partnership.delegations(day))
    if invites == "group":
        keys = event.group_keys or tuple(partnership.groups)
        return hosts | set(partnership.participating(day)) | set(partnership.partners(keys, day))
    return hosts


def _host_chair(event: Event, year: int) -> tuple[Chair, ...]:
    hosts = [host.state_code for host in event.hosts if host.role == HOST]
    return (Chair(None, year, hosts[0], DECIDED) if hosts else Chair(None, year, None, UNDETERMINED),)
