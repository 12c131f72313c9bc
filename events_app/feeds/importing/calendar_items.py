"""From an entry of a calendar file to what it says of an event."""

from dataclasses import replace
from datetime import date

from events_app.events.models import CANCELLED
from events_app.feeds.importing.errors import RejectedItemError
from events_app.feeds.importing.items import LONGEST_UID, Item
from events_app.feeds.importing.names import Names
from events_app.ics.entry import DaySpan, TimedSpan
from events_app.ics.plain_text import clean_text
from events_app.ics.reading import ReadItem


def item_of_entry(entry: ReadItem, names: Names) -> Item:
    """Return what an entry says; raises RejectedItemError."""
    kind_key = names.kind_of(entry.categories)
    groups = names.groups_of(entry.categories) or names.all_groups_of(kind_key)
    title = _line(entry.summary)
    return Item(
        position=entry.position,
        title=title,
        starts_on=first_day(entry.when),
        uid=uid_of(entry),
        theme=names.theme_of(title, kind_key),
        kind_key=kind_key,
        group_keys=groups or (() if kind_key else None),
        place=_line(entry.location),
        status=CANCELLED if entry.status == "CANCELLED" else "",
        when=entry.when,
        description=clean_text(entry.description or "").strip(),
        link=_line(entry.url),
    )


def uid_of(entry: ReadItem) -> str:
    """Return the UID of an entry; each occurrence of a series has its own. Raises RejectedItemError."""
    uid = _line(entry.uid)
    whole = f"{uid}/{entry.recurrence}" if uid and entry.recurrence else uid
    if len(whole) > LONGEST_UID:
        raise RejectedItemError("too-long", field="uid", most=LONGEST_UID)
    return whole


def first_day(when: TimedSpan | DaySpan) -> date:
    """Return the first day, on the calendars of the event's own zone."""
    return when.first if isinstance(when, DaySpan) else when.local_start.date()


def in_zone(when: TimedSpan | DaySpan, zone_name: str) -> TimedSpan | DaySpan:
    """Return the same instants on the clocks of another zone."""
    return when if isinstance(when, DaySpan) else replace(when, zone_name=zone_name)


def _line(text: str | None) -> str:
    return " ".join(clean_text(text or "").split())
