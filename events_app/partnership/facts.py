"""The partnership's data files: read and checked whole, then written, sparing what was corrected."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.dates.errors import UnknownZoneError
from events_app.dates.zones import zone
from events_app.partnership.models import (
    CHAIRMANSHIP_STATUSES,
    INCOMING,
    OUTGOING,
    ROLES,
    UNDETERMINED,
    Chairmanship,
    ContactGroup,
    Correctable,
    Membership,
    State,
)
from events_app.shared.datafile import DATA, Row, csv_rows, each_once, toml_rows

PRECISIONS = ("day", "month", "year")
STATE_COLUMNS = ("code", "name", "sort_name", "former_names", "time_zone")
MEMBERSHIP_COLUMNS = ("code", "role", "valid_from", "precision", "valid_to", "note")
ROSTER_COLUMNS = ("year", "state", "status", "decided_on", "source")


@dataclass(frozen=True)
class PartnershipFacts:
    """What the files say."""

    states: list[State]
    memberships: list[Membership]
    groups: list[ContactGroup]
    roster: list[Chairmanship]


def read_partnership_facts(folder: Path = DATA) -> PartnershipFacts:
    """Return the facts in the files; raises DataFileError with file, line and reason."""
    states = [_state(row) for row in each_once(csv_rows("states.csv", folder, STATE_COLUMNS), "code")]
    codes = tuple(state.code for state in states)
    memberships = each_once(csv_rows("memberships.csv", folder, MEMBERSHIP_COLUMNS), "code", "role")
    groups = each_once(toml_rows("groups.toml", "group", folder), "key")
    roster = each_once(csv_rows("chairmanships.csv", folder, ROSTER_COLUMNS), "year")
    return PartnershipFacts(
        states,
        [_membership(row, codes) for row in memberships],
        [_group(row, position) for position, row in enumerate(groups, 1)],
        [_chairmanship(row, codes) for row in roster],
    )


def load_partnership_facts(session: Session, facts: PartnershipFacts) -> None:
    """Write the facts; a repeated load changes nothing, and what was corrected stays."""
    merge_facts(session, facts.states, ("code",))
    session.flush()
    merge_facts(session, facts.memberships, ("state_code", "role"))
    merge_facts(session, facts.groups, ("key",))
    merge_facts(session, facts.roster, ("year",))
    session.flush()


def merge_facts(session: Session, facts: Iterable[Any], key: tuple[str, ...]) -> None:
    """Add what is new and update what differs, by `key`; rows corrected in the application are left alone."""
    facts = list(facts)
    known = {_values(row, key): row for row in session.scalars(select(type(facts[0])))}
    for fact in facts:
        row = known.get(_values(fact, key))
        if row is None:
            session.add(fact)
        elif row.corrected_at is None:
            _update(row, fact)


def zone_in(row: Row) -> str:
    """Return the IANA name of a row's time zone; raises DataFileError."""
    name = row.text("time_zone")
    try:
        zone(name)
    except UnknownZoneError as error:
        raise row.refused(str(error)) from error
    return name


def _update(row: Correctable, fact: Correctable) -> None:
    for column in type(fact).__table__.columns:  # type: ignore[attr-defined]
        if not column.primary_key and column.key in fact.__dict__:
            setattr(row, column.key, getattr(fact, column.key))


def _values(row: object, key: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in key)


def _state(row: Row) -> State:
    return State(
        code=row.text("code"),
        name=row.text("name"),
        sort_name=row.text("sort_name"),
        former_names=row.text_or_none("former_names") or "",
        time_zone=zone_in(row),
    )


def _membership(row: Row, codes: tuple[str, ...]) -> Membership:
    valid_from, valid_to = row.day("valid_from"), row.day_or_none("valid_to")
    if valid_to and valid_to < valid_from:
        raise row.refused(f"valid_to {valid_to} is before valid_from {valid_from}")
    return Membership(
        state_code=row.one_of("code", codes),
        role=row.one_of("role", ROLES),
        valid_from=valid_from,
        precision=row.one_of("precision", PRECISIONS),
        valid_to=valid_to,
        note=row.text_or_none("note") or "",
    )


def _group(row: Row, position: int) -> ContactGroup:
    return ContactGroup(
        key=row.text("key"),
        position=position,
        name=row.text("name"),
        rule=row.one_of("rule", (INCOMING, OUTGOING)),
        partner_role=row.one_of("partner_role", ROLES),
        since=row.day("since"),
        quota=row.read("quota", int),
    )


def _chairmanship(row: Row, codes: tuple[str, ...]) -> Chairmanship:
    status = row.one_of("status", CHAIRMANSHIP_STATUSES)
    if (status == UNDETERMINED) == bool(row.text_or_none("state")):
        raise row.refused(f"status {status} does not fit the State {row.text_or_none('state') or 'left empty'}")
    return Chairmanship(
        year=row.read("year", int),
        state_code=None if status == UNDETERMINED else row.one_of("state", codes),
        status=status,
        decided_on=row.day_or_none("decided_on"),
        source=row.text_or_none("source") or "",
    )
