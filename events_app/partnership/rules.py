"""Who sits at the table on a given day: members, Partners, chairs. Pure: facts in, answers out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from events_app.partnership.errors import GroupNotFoundedError, UnknownGroupError, UnknownStateError
from events_app.partnership.known import KnownChairmanship, KnownGroup, KnownMembership, KnownState
from events_app.partnership.models import BOTH, CANDIDATE, DECIDED, INCOMING, PARTICIPATING, ROLES, UNDETERMINED

JOINT = "joint"
ALL = "all"
JOINT_SINCE = date(2007, 1, 1)
TERM_GRACE = (1, 31)


@dataclass(frozen=True)
class Chair:
    """Who chairs on a day: the group (None: the Chairmanship itself), the year of the roster, its State and status."""

    group: str | None
    year: int
    state_code: str | None
    status: str

    @property
    def is_decided(self) -> bool:
        """Whether a State is known to chair."""
        return self.status == DECIDED


@dataclass(frozen=True)
class Partnership:
    """Everything the rules need to know, read once."""

    states: Mapping[str, KnownState]
    memberships: tuple[KnownMembership, ...]
    groups: Mapping[str, KnownGroup]
    roster: Mapping[int, KnownChairmanship]

    def state(self, code: str) -> KnownState:
        """Return the State of a code; raises UnknownStateError."""
        if code not in self.states:
            raise UnknownStateError(code)
        return self.states[code]

    def group(self, key: str) -> KnownGroup:
        """Return the group of a key; raises UnknownGroupError."""
        if key not in self.groups:
            raise UnknownGroupError(key)
        return self.groups[key]

    def codes_in_role(self, role: str, day: date) -> list[str]:
        """Return the sorted codes of the States that hold a role on a day."""
        held = (m.state_code for m in self.memberships if m.role == role and is_valid(m.valid_from, m.valid_to, day))
        return sorted(set(held))

    def participating(self, day: date) -> list[str]:
        """Return the participating States on a day."""
        return self.codes_in_role(PARTICIPATING, day)

    def partners(self, group_keys: tuple[str, ...], day: date) -> list[str]:
        """Return the Partners of the groups on a day; of no group: none."""
        roles = {self.group(key).partner_role for key in group_keys}
        return sorted({code for role in roles for code in self.codes_in_role(role, day)})

    def delegations(self, day: date) -> list[str]:
        """Return the States that hold any role on a day."""
        return sorted({code for role in ROLES for code in self.codes_in_role(role, day)})

    def chairmanship(self, year: int, day: date) -> Chair:
        """Return the Chairmanship of a year as it was known on a day."""
        return self._chair(None, year, day)

    def group_chair(self, key: str, day: date) -> Chair:
        """Return who chairs a group on a day, by its rule; raises GroupNotFoundedError before its time."""
        group = self.group(key)
        require_founded(key, group.since, day)
        return self._chair(key, day.year + (1 if group.rule == INCOMING else -1), day)

    def chairs(self, group_keys: tuple[str, ...], day: date) -> list[Chair]:
        """Return the chairs of the groups on a day, in the groups' order."""
        ordered = sorted(group_keys, key=lambda key: self.group(key).position)
        return [self.group_chair(key, day) for key in ordered]

    def troika(self, day: date) -> list[Chair]:
        """Return the outgoing, present and incoming Chairmanship of a day."""
        return [self.chairmanship(day.year + step, day) for step in (-1, 0, 1)]

    def _chair(self, group: str | None, year: int, day: date) -> Chair:
        entry = self.roster.get(year)
        if entry is None or entry.status == UNDETERMINED or (entry.decided_on and day < entry.decided_on):
            return Chair(group, year, None, UNDETERMINED)
        return Chair(group, year, entry.state_code, entry.status)


def require_founded(key: str, since: date, day: date) -> None:
    """Raise GroupNotFoundedError if the group did not exist on that day."""
    if day < since:
        raise GroupNotFoundedError(key, since, day)


def group_keys_of(name: str, partnership: Partnership) -> tuple[str, ...]:
    """Return the groups that a name stands for: one key, or both for `joint`; raises UnknownGroupError."""
    if name == JOINT:
        return tuple(sorted(partnership.groups, key=lambda key: partnership.groups[key].position))
    return (partnership.group(name).key,)


def joint_status(chairs: list[Chair]) -> str:
    """Return the least certain status among chairs: undetermined, else candidate, else decided."""
    statuses = {chair.status for chair in chairs}
    return next(status for status in (UNDETERMINED, CANDIDATE, DECIDED) if status in statuses)


def chair_rule(name: str, partnership: Partnership) -> str:
    """Return incoming, outgoing, or both for `joint`."""
    return BOTH if name == JOINT else partnership.group(name).rule


def is_valid(valid_from: date, valid_to: date | None, day: date) -> bool:
    """Return whether a day lies in a validity (last day included)."""
    return valid_from <= day and (valid_to is None or day <= valid_to)


def may_edit_for_term(entry: KnownChairmanship | None, term_year: int, today: date) -> bool:
    """Return whether today lies from the day of decision to 31 January after a term that ends in `term_year`."""
    if entry is None or entry.status != DECIDED:
        return False
    return (entry.decided_on is None or entry.decided_on <= today) and today <= date(term_year + 1, *TERM_GRACE)
