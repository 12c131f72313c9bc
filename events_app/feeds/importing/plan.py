"""What a file would change: the dry run. Nothing is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from events_app.events.actions.writing import procedure_problems
from events_app.events.errors import Problem
from events_app.events.models import DRAFT, GROUP, SECRETARIAT, Event, Kind
from events_app.events.rules.details import EventDetails, details_of, differences, problems_of
from events_app.feeds.importing.details import changed_details, new_details
from events_app.feeds.importing.errors import RejectedItemError, UnreadableFileError, raise_all
from events_app.feeds.importing.items import Item, Rejection, Wishes, rejected
from events_app.feeds.importing.matching import Matches
from events_app.feeds.importing.names import Names
from events_app.feeds.importing.permission import (
    imagined_event,
    require_change,
    require_draft,
    require_edit,
    require_own_uid,
    require_steps,
)
from events_app.feeds.importing.source import Source
from events_app.feeds.importing.steps import steps_of_new, steps_to
from events_app.ics.reading import LARGE, NORMAL
from events_app.partnership.rules import Partnership
from events_app.rights.models import Reader

NEUTRAL_KIND = "liaison"
CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"


@dataclass(frozen=True)
class Importer:
    """Who imports and with which wishes; new UIDs are made under `host`."""

    reader: Reader
    host: str
    wishes: Wishes


@dataclass(frozen=True)
class Change:
    """What one item does: the event it means (None: a new one), its details and the steps of its life that follow.

    `kind` is the one that it will have, `fields` are {field: [was, is]} for a stored event.
    """

    item: Item
    details: EventDetails
    kind: Kind
    steps: tuple[str, ...]
    event: Event | None = None
    fields: Mapping[str, list[Any]] | None = None

    @property
    def outcome(self) -> str:
        """One of created, updated, unchanged."""
        if self.event is None:
            return CREATED
        return UPDATED if self.fields or self.steps else UNCHANGED

    @property
    def status(self) -> str:
        """The status that it will have."""
        if self.steps:
            return self.item.status
        return self.event.status if self.event else DRAFT


@dataclass(frozen=True)
class Plan:
    """What a whole file would do, and what of it is not taken, in the order of the file."""

    read: int
    changes: tuple[Change, ...]
    rejections: tuple[Rejection, ...]
    ignored: tuple[str, ...] = ()

    def count(self, outcome: str) -> int:
        """Return how many items have an outcome."""
        return sum(change.outcome == outcome for change in self.changes)


def secretariat(facts: Partnership, host: str, wishes: Wishes) -> Importer:
    """Return the importer of the command line, who may do what a secretary may."""
    return Importer(Reader(facts, is_secretary=True), host, wishes)


def plan_import(session: Session, source: Source, names: Names, importer: Importer, now: datetime) -> Plan:
    """Return what a file would change for this importer.

    Raises UnreadableFileError if it holds too many events, and for the wish of an unknown kind.
    """
    if importer.wishes.kind_key and importer.wishes.kind_key not in names.kinds:
        raise UnreadableFileError("unknown-kind", kind=importer.wishes.kind_key[:60], known=tuple(names.kinds))
    most = (LARGE if importer.wishes.is_large else NORMAL).components
    if source.read > most:
        raise UnreadableFileError("too-many-events", most=most)
    kind_key = importer.wishes.kind_key or NEUTRAL_KIND
    matches = Matches(session, source.items, names, kind_key, importer.reader, now)
    planning = _Planning(names, importer, matches, now)
    changes, rejections = [], list(source.rejections)
    for item in source.items:
        try:
            changes.append(planning.change(item))
        except RejectedItemError as error:
            rejections.append(rejected(item, error))
    rejections.sort(key=lambda rejection: rejection.position)
    return Plan(source.read, tuple(changes), tuple(rejections), source.ignored)


@dataclass(frozen=True)
class _Planning:
    names: Names
    importer: Importer
    matches: Matches
    now: datetime

    def change(self, item: Item) -> Change:
        """Return what one item does; raises RejectedItemError."""
        event = self.matches.event_of(item)
        return self._new(item) if event is None else self._changed(item, event)

    def _new(self, item: Item) -> Change:
        reader, kind = self.importer.reader, self._kind_of_new(item)
        details = new_details(item, kind, self._visibility(item, kind), self.names, self.importer.wishes)
        require_draft(reader, kind, details)
        self._check(details)
        steps = steps_of_new(item.status)
        require_steps(reader, imagined_event(details, kind, reader, self.now), steps, self.now)
        return Change(item, details, kind, steps)

    def _changed(self, item: Item, event: Event) -> Change:
        require_edit(self.importer.reader, event, self.now)
        require_own_uid(self.importer.reader, item.uid, event, self.importer.host)
        details = changed_details(item, event, self.names)
        kind = self.names.kinds[details.kind_key]
        fields = differences(details_of(event), details)
        steps = steps_to(event.status, item.status)
        if fields:
            require_change(self.importer.reader, event, kind, details, self.now)
            self._check(details, procedure_problems(event, fields))
        require_steps(self.importer.reader, event, steps, self.now)
        return Change(item, details, kind, steps, event, fields)

    def _kind_of_new(self, item: Item) -> Kind:
        key = item.kind_key or self.importer.wishes.kind_key
        if key is None and (item.has_kind_column or not item.title):
            raise RejectedItemError("no-kind")
        return self.names.kinds[key or NEUTRAL_KIND]

    def _visibility(self, item: Item, kind: Kind) -> str:
        """Return who sees a new event of which the file does not say it: of a foreign one as few as may be."""
        if item.kind_key and not item.is_from_calendar:
            return kind.visibility
        return SECRETARIAT if self.importer.reader.is_secretary else GROUP

    def _check(self, details: EventDetails, known: Sequence[Problem] = ()) -> None:
        """Raise RejectedItemError with all that is wrong; venues and the rest come from our own tables."""
        problems = [*known, *problems_of(details, self.names.kinds[details.kind_key], self.names.facts)]
        raise_all([RejectedItemError(p.reason, **{"field": p.field, **p.facts}) for p in problems])
