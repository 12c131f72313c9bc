"""What a file says, item by item, before anybody asks what the calendar knows."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from events_app.feeds.importing.errors import RejectedItemError
from events_app.ics.entry import DaySpan, TimedSpan

LONGEST_UID = 255


@dataclass(frozen=True)
class Wishes:
    """What the importer says beside the file: the zone of times without one, the kind of what names none."""

    time_zone: str | None = None
    kind_key: str | None = None
    is_large: bool = False


@dataclass(frozen=True)
class Item:
    """One event as a file tells it; empty or None where the file says nothing.

    `position` is its place in the file (for a sheet the number of its row, the header being 1), `title` what the
    file calls it, `theme` that without status and kind, `fields` are fields of EventDetails, `place` one line,
    `status` one of the calendar's own. `when` is given by calendar files alone, `country_zone` is the zone of the
    State in which an event of whole days takes place; with `has_kind_column` the file names kinds, though perhaps
    not here.
    """

    position: int
    title: str
    starts_on: date
    uid: str = ""
    theme: str = ""
    kind_key: str | None = None
    group_keys: tuple[str, ...] | None = None
    fields: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    place: str = ""
    status: str = ""
    country_zone: str = ""
    has_kind_column: bool = False
    when: TimedSpan | DaySpan | None = None
    description: str = ""
    link: str = ""

    @property
    def is_from_calendar(self) -> bool:
        """Whether a calendar file tells it, rather than a row of a sheet."""
        return self.when is not None


@dataclass(frozen=True)
class Rejection:
    """One item that is not taken: its place in the file, what the file calls it, a reason code and facts.

    `when` is its first day, or what the file says for it; `others` are further reasons, each with its facts.
    """

    position: int
    uid: str
    title: str
    reason: str
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    when: date | str = ""
    others: tuple[tuple[str, Mapping[str, Any]], ...] = ()


def rejected(item: Item, error: RejectedItemError) -> Rejection:
    """Return that an item is not taken, for an error."""
    return rejection(error, item.position, item.uid, item.title, item.starts_on)


def rejection(error: RejectedItemError, position: int, uid: str, title: str, when: date | str) -> Rejection:
    """Return that a part of a file is not taken, for an error and what stands beside it."""
    others = tuple((other.reason, other.facts) for other in error.others)
    return Rejection(position, uid, title, error.reason, error.facts, when, others)
