"""Which stored event an item means: by UID, then by kind, group and date."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.events.queries import whole_events
from events_app.feeds.importing.errors import RejectedItemError
from events_app.feeds.importing.items import Item
from events_app.feeds.importing.names import Names
from events_app.ics.entry import TimedSpan
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may

T = TypeVar("T")
AT_ONCE = 400  # databases bound how many values one question may hold


class Matches:
    """The stored events that the items of a file mean, each event meant once.

    An event that the reader may not see is never found by its date, so that nobody learns of it. What names neither
    UID nor kind (`kind_key` is what it would get) means only an event that agrees in theme and start as well.
    """

    def __init__(
        self, session: Session, items: Sequence[Item], names: Names, kind_key: str, reader: Reader, now: datetime
    ) -> None:
        self._names, self._kind_key = names, kind_key
        self._by_uid = {event.uid: event for event in _events_with(session, {i.uid for i in items if i.uid})}
        self._claimed = {event.id for event in self._by_uid.values()}
        rest = [item for item in items if item.uid not in self._by_uid and (item.kind_key or not item.uid)]
        near = _events_on(session, rest, kind_key)
        self._near = [event for event in near if may(reader, Action.SEE, event, now)]
        self._exact = self._claim_exact(rest)

    def event_of(self, item: Item) -> Event | None:
        """Return the event that an item means, None if it is new; raises RejectedItemError where several fit."""
        if item.uid in self._by_uid:
            return self._by_uid[item.uid]
        if id(item) in self._exact:
            return self._exact[id(item)]
        found = self._alike(item) if item.kind_key else []
        if len(found) > 1:
            raise RejectedItemError("ambiguous")
        self._claimed.update(event.id for event in found)
        return found[0] if found else None

    def _claim_exact(self, items: Iterable[Item]) -> dict[int, Event]:
        """Let items first have the events that also agree in theme, so that rows may come in any order.

        The answer goes by the identity of items: the occurrences of one series share everything but their date.
        """
        claimed = {}
        for item in items:
            found = [event for event in self._alike(item) if self._agrees(item, event)]
            if found:
                claimed[id(item)] = found[0]
                self._claimed.add(found[0].id)
        return claimed

    def _alike(self, item: Item) -> list[Event]:
        kind_key = item.kind_key or self._kind_key
        groups = set(item.group_keys or (() if item.kind_key else self._names.all_groups_of(kind_key) or ()))
        return [
            event
            for event in self._near
            if event.id not in self._claimed
            and (event.kind_key, event.starts_on) == (kind_key, item.starts_on)
            and set(event.group_keys) == groups
        ]

    def _agrees(self, item: Item, event: Event) -> bool:
        theme = item.theme if item.kind_key else self._names.theme_of(item.title, self._kind_key)
        is_same_start = event.starts_at == item.when.starts_at if isinstance(item.when, TimedSpan) else True
        return theme == event.theme and is_same_start and _starts_alike(item, event)


def _starts_alike(item: Item, event: Event) -> bool:
    return bool(event.start_time == item.fields.get("start_time", event.start_time))


def _events_with(session: Session, uids: set[str]) -> Iterator[Event]:
    for some in _portions(sorted(uids)):
        yield from _found(session, Event.uid.in_(some))


def _events_on(session: Session, items: Iterable[Item], kind_key: str) -> list[Event]:
    wanted = list(items)
    kinds = {item.kind_key or kind_key for item in wanted}
    days = sorted({item.starts_on for item in wanted})
    portions = _portions(days)
    return [e for some in portions for e in _found(session, Event.starts_on.in_(some), Event.kind_key.in_(kinds))]


def _found(session: Session, *conditions: ColumnElement[bool]) -> list[Event]:
    return list(session.scalars(whole_events().where(*conditions)))


def _portions(values: Sequence[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while some := list(islice(rest, AT_ONCE)):
        yield some
