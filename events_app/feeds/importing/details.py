"""What an event is to be once an item is taken: over what is stored, only what the file carries."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from events_app.dates.zones import HOME_ZONE
from events_app.events.models import Event, Kind
from events_app.events.rules.details import EventDetails, details_of, is_web_link
from events_app.feeds.detail import busy_summary
from events_app.feeds.entries import event_place, span_of
from events_app.feeds.importing.calendar_items import in_zone
from events_app.feeds.importing.items import Item, Wishes
from events_app.feeds.importing.names import Names, folded
from events_app.ics.entry import DaySpan, TimedSpan
from events_app.words.labels import kind_name
from events_app.words.languages import LANGUAGES
from events_app.words.titles import feed_summary, with_status

UTC_NAMES = ("UTC", "Etc/UTC", "Etc/GMT", "GMT", "Zulu")


def new_details(item: Item, kind: Kind, visibility: str, names: Names, wishes: Wishes) -> EventDetails:
    """Return the details of a new event; `visibility` is for a file that names none."""
    zone_name = item.country_zone or wishes.time_zone or HOME_ZONE
    blank = EventDetails(kind.key, item.starts_on, item.starts_on, visibility, time_zone=zone_name)
    blank = replace(blank, group_keys=names.all_groups_of(kind.key) or ())
    return replace(blank, **_carried(item, None, blank, kind.key, names))


def changed_details(item: Item, event: Event, names: Names) -> EventDetails:
    """Return the details of a stored event with what the file carries; everything else stays."""
    stored = details_of(event)
    return replace(stored, **_carried(item, event, stored, item.kind_key or event.kind_key, names))


def _carried(item: Item, event: Event | None, stored: EventDetails, kind_key: str, names: Names) -> dict[str, Any]:
    carried: dict[str, Any] = {**item.fields, "kind_key": kind_key}
    if item.group_keys is not None:
        carried["group_keys"] = item.group_keys
    if item.place:
        carried |= _place(item, event, names)
    if item.when is not None:
        carried |= _told_by_calendar(item, item.when, event, kind_key, names)
    else:
        carried |= _told_by_row(item, stored)
    return carried


def _told_by_row(item: Item, stored: EventDetails) -> dict[str, Any]:
    told: dict[str, Any] = {"description": item.description} if item.description else {}
    if "ends_on" not in item.fields:
        told["ends_on"] = item.starts_on + (stored.ends_on - stored.starts_on)
    has_times = item.fields.get("start_time", stored.start_time) is not None
    if item.country_zone and not has_times and "time_zone" not in item.fields:
        told["time_zone"] = item.country_zone
    return told


def _told_by_calendar(
    item: Item, when: TimedSpan | DaySpan, event: Event | None, kind_key: str, names: Names
) -> dict[str, Any]:
    told = dict(_when(when, event))
    if event is None or not _is_our_summary(item.title, event):
        told["theme"] = names.theme_of(item.title, kind_key)
    if event is None or not _is_our_page(item.link, event):
        told |= _description(item)
    return told


def _description(item: Item) -> dict[str, str]:
    """Return the text, with the address of the event's own page if that is not in it."""
    link = item.link if is_web_link(item.link) and item.link not in item.description else ""
    text = "\n\n".join(part for part in (item.description, link) if part)
    return {"description": text} if text else {}


def _when(when: TimedSpan | DaySpan, event: Event | None) -> Mapping[str, Any]:
    if event is not None:
        if isinstance(when, TimedSpan) and when.zone_name in UTC_NAMES:
            # Zones without a yearly rule are written in UTC (FEEDS.md): what was agreed is the wall time.
            when = in_zone(when, event.time_zone)
        if when == span_of(event):
            return {}
    if isinstance(when, DaySpan):
        days = {"starts_on": when.first, "ends_on": when.last}
        return {**days, "start_time": None, "end_time": None, "start_fold": 0, "end_fold": 0}
    starts, ends = when.local_start, when.local_end
    return {
        "starts_on": starts.date(), "start_time": starts.time(), "start_fold": starts.fold,
        "ends_on": ends.date(), "end_time": ends.time(), "end_fold": ends.fold, "time_zone": when.zone_name,
    }  # fmt: skip


def _place(item: Item, event: Event | None, names: Names) -> dict[str, Any]:
    """Return venue and place; what the event says already in other words stays."""
    known = names.venues.get(folded(item.place)) or names.cities.get(folded(item.place))
    if event is not None and _is_same_place(item, event):
        return {}
    return {"venue_key": known.key if known else None, "place": "" if known else item.place}


def _is_same_place(item: Item, event: Event) -> bool:
    said = {folded(event_place(event)), folded(event.place)}
    if not item.is_from_calendar and event.venue:
        said.add(folded(event.venue.city))
    return folded(item.place) in said


def _is_our_summary(title: str, event: Event) -> bool:
    """Return whether a feed of ours calls the event so: in any language and detail, its status first or not."""
    return folded(title) in {folded(name) for tongue in LANGUAGES for name in _our_summaries(event, tongue)}


def _our_summaries(event: Event, tongue: str) -> Iterator[str]:
    kind = kind_name(event.kind, event.group_keys, event.starts_on, tongue)
    for status in ("", event.status):
        yield feed_summary(event, status, tongue)
        yield with_status(kind, status, tongue)
        yield with_status(busy_summary(tongue), status, tongue)


def _is_our_page(link: str, event: Event) -> bool:
    """Return whether the entry was written by us: its text is composed of what the event holds."""
    return link.endswith(f"/events/{event.id}")
