"""The data files that events refer to: kinds, topics, venues; read and checked whole, then written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from events_app.events.models import VISIBILITIES, GroupTopic, Kind, KindName, Topic, Venue
from events_app.partnership.facts import merge_facts, zone_in
from events_app.shared.datafile import DATA, Row, csv_rows, each_once, toml_rows

GROUPS = ("one", "both", "any")
INVITES = ("group", "all", "hosts", "none")
CHAIRING = ("group", "chairmanship", "host", "none")
REMINDED = ("organisers", "contact-points")
FOREVER = date(1973, 1, 1)


@dataclass(frozen=True)
class EventFacts:
    """What the files say."""

    kinds: list[Kind]
    kind_names: list[KindName]
    topics: list[Topic]
    priorities: list[GroupTopic]
    venues: list[Venue]


def read_event_facts(folder: Path = DATA) -> EventFacts:
    """Return the facts in the files; raises DataFileError with file, line and reason."""
    kinds, topics, venues = (
        each_once(toml_rows(f"{table}s.toml", table, folder), "key") for table in ("kind", "topic", "venue")
    )
    groups = tuple(row.text("key") for row in toml_rows("groups.toml", "group", folder))
    keys = tuple(row.text("key") for row in topics)
    codes = tuple(row.text("code") for row in csv_rows("states.csv", folder))
    priorities = enumerate(toml_rows("topics.toml", "priority", folder), 1)
    return EventFacts(
        [_kind(row, position) for position, row in enumerate(kinds, 1)],
        [name for row in kinds for name in _kind_names(row, groups)],
        [_topic(row, position) for position, row in enumerate(topics, 1)],
        [_priority(row, position, groups, keys) for position, row in priorities],
        [_venue(row, position, codes) for position, row in enumerate(venues, 1)],
    )


def load_event_facts(session: Session, facts: EventFacts) -> None:
    """Write the facts; a repeated load changes nothing, and what was corrected stays."""
    merge_facts(session, facts.kinds, ("key",))
    merge_facts(session, facts.topics, ("key",))
    merge_facts(session, facts.venues, ("key",))
    session.flush()
    _replace(session, KindName, facts.kind_names)
    _replace(session, GroupTopic, facts.priorities)
    session.flush()


def _replace(session: Session, table: type[Any], rows: Iterable[Any]) -> None:
    session.execute(delete(table))
    session.add_all(rows)


def _kind(row: Row, position: int) -> Kind:
    start = row.text_or_none("usual_start")
    return Kind(
        key=row.text("key"),
        position=position,
        level=row.text("level"),
        usual_start=row.read("usual_start", time.fromisoformat) if start else None,
        usual_minutes=row.read("usual_minutes", int) if start else None,
        usual_days=row.read("usual_days", int),
        groups=row.one_of("groups", GROUPS),
        invites=row.one_of("invites", INVITES),
        chairing=row.one_of("chairing", CHAIRING),
        visibility=row.one_of("visibility", VISIBILITIES),
        rests_on=row.text_or_none("rests_on") or "",
        is_ordinal=bool(row.values.get("is_ordinal", False)),
        is_transparent=bool(row.values.get("is_transparent", False)),
        reminders=[_reminder(rule) for rule in _inner_rows(row, "reminders")],
        steps=list(row.values.get("steps", [])),
    )


def _reminder(rule: Row) -> dict[str, object]:
    return {"to": rule.one_of("to", REMINDED), "days": rule.read("days", int)}


def _inner_rows(row: Row, name: str) -> list[Row]:
    return [Row(row.file, row.line, values) for values in row.read(name, list)] if name in row.values else []


def _kind_names(row: Row, groups: tuple[str, ...]) -> list[KindName]:
    names = _inner_rows(row, "names")
    if not names:
        raise row.refused("names is empty")
    return [
        KindName(
            kind_key=row.text("key"),
            group_key=name.one_of("group", groups) if name.text_or_none("group") else "",
            name=name.text("name"),
            valid_from=name.day_or_none("valid_from") or FOREVER,
            valid_to=name.day_or_none("valid_to"),
        )
        for name in names
    ]


def _topic(row: Row, position: int) -> Topic:
    return Topic(key=row.text("key"), position=position, name=row.text("name"))


def _priority(row: Row, position: int, groups: tuple[str, ...], topics: tuple[str, ...]) -> GroupTopic:
    group, topic = row.one_of("group", groups), row.one_of("topic", topics)
    return GroupTopic(group_key=group, topic_key=topic, position=position, name=row.text("name"))


def _venue(row: Row, position: int, codes: tuple[str, ...]) -> Venue:
    return Venue(
        key=row.text("key"),
        position=position,
        name=row.text("name"),
        city=row.text("city"),
        state_code=row.one_of("state", codes),
        time_zone=zone_in(row),
    )
