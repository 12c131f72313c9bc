"""What is known of States, memberships, Contact Groups and Chairmanships: facts that nobody changes."""

from datetime import date
from typing import NamedTuple


class KnownState(NamedTuple):
    """A State, by its ISO 3166-1 alpha-2 code."""

    code: str
    name: str
    former_names: str
    time_zone: str


class KnownMembership(NamedTuple):
    """A role that a State holds from a first to a last day (none: until today)."""

    state_code: str
    role: str
    valid_from: date
    valid_to: date | None


class KnownGroup(NamedTuple):
    """A Contact Group: whose Partners sit in it and which Chairmanship chairs it."""

    key: str
    position: int
    name: str
    rule: str
    partner_role: str
    since: date
    quota: int


class KnownChairmanship(NamedTuple):
    """The State that holds the Chairmanship in a year, as far as it is known."""

    year: int
    state_code: str | None
    status: str
    decided_on: date | None
    source: str
