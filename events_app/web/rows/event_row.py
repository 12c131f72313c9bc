"""One event as one line of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import ColumnElement
from sqlalchemy.orm import joinedload

from events_app.events.models import Event
from events_app.events.queries import events
from events_app.events.rules.life import reads_as
from events_app.extensions import db
from events_app.partnership.rules import JOINT
from events_app.rights.rules import visible
from events_app.web.access import current_reader, now
from events_app.web.context import language
from events_app.web.rows.wording import (
    chair_text,
    clock_text,
    figure_text,
    is_elsewhere,
    place_text,
    reader_time_text,
    short_days_text,
    weekdays_text,
)
from events_app.words.dates import month_name
from events_app.words.labels import kind_name, status_name
from events_app.words.titles import event_title
from events_app.words.zones import zone_text

COUNCIL_KINDS = ("permanent-council", "forum")


@dataclass(frozen=True)
class EventRow:
    """What a line says of an event; days are those of the event's zone, `reader_time` is empty where it is the same."""

    id: int
    href: str
    title: str
    kind_name: str
    theme: str
    theme_language: str
    first_day: date
    last_day: date
    figure: str
    weekday: str
    month_name: str
    day_and_month: str
    time: str
    zone: str
    reader_time: str
    place: str
    chair: str
    status: str
    status_word: str
    group_keys: tuple[str, ...]
    kind_key: str
    is_child: bool

    @property
    def mark(self) -> str:
        """The mark by which a line is known: a group's key, joint, or empty."""
        return JOINT if len(self.group_keys) > 1 else "".join(self.group_keys)

    @property
    def is_bar(self) -> bool:
        """Whether it is drawn as a bar over its days."""
        return self.last_day > self.first_day

    @property
    def is_council(self) -> bool:
        """Whether it is a Council or Forum, which stay small."""
        return self.kind_key in COUNCIL_KINDS


def shown_events(*conditions: ColumnElement[bool]) -> list[Event]:
    """Return the events under these conditions that the reader may see, in order, in a constant number of queries."""
    wanted = events().where(*conditions).options(joinedload(Event.parent).selectinload(Event.hosts))
    return visible(current_reader(), db.session().scalars(wanted), now())


def rows_of(events: Iterable[Event]) -> list[EventRow]:
    """Return the lines of events, in their order."""
    return [row_of(event) for event in events]


def row_of(event: Event) -> EventRow:
    """Return the line of one event."""
    status, has_other_time = reads_as(event, now()), is_elsewhere(event)
    return EventRow(
        id=event.id,
        href=url_for("events.page", event_id=event.id),
        title=event_title(event, language()),
        kind_name=kind_name(event.kind, event.group_keys, event.starts_on, language()),
        theme=event.theme,
        theme_language=event.theme_language,
        first_day=event.starts_on,
        last_day=event.ends_on,
        figure=figure_text(event.starts_on, event.ends_on),
        weekday=weekdays_text(event.starts_on, event.ends_on),
        month_name=_month_names(event),
        day_and_month=short_days_text(event),
        time=clock_text(event),
        zone=zone_text(event.time_zone, language()) if has_other_time else "",
        reader_time=reader_time_text(event) if has_other_time else "",
        place=place_text(event),
        chair=chair_text(event),
        status=status,
        status_word=status_name(status, language()),
        group_keys=event.group_keys,
        kind_key=event.kind_key,
        is_child=event.parent_id is not None,
    )


def _month_names(event: Event) -> str:
    names = (month_name(day.month, language()) for day in (event.starts_on, event.ends_on))
    return "–".join(dict.fromkeys(names))
