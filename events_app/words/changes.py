"""What changed of an event, in words: the line on top, when it was and is, and what else differs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from events_app.dates.errors import SkippedTimeError
from events_app.dates.wall_time import instant_of, local_of
from events_app.events.models import CANCELLED, CONFIRMED, ONLINE, POSTPONED, PROPOSED, Event, Kind
from events_app.events.rules.details import PLACE_FIELDS, WHEN_FIELDS
from events_app.words.catalogue import translate
from events_app.words.dates import span_text
from events_app.words.labels import format_name, kind_name
from events_app.words.vocabulary import TITLE_WITH_THEME
from events_app.words.zones import zone_text

RESTORED, MOVED, NEW_PLACE, CHANGED = "restored", "moved", "new-place", "changed"
HEADLINES = {
    CANCELLED: "Cancelled: {title}",
    POSTPONED: "Postponed: {title}",
    CONFIRMED: "Confirmed: {title}",
    PROPOSED: "Proposed: {title}",
    RESTORED: "Restored: {title}",
    MOVED: "Moved: {title}",
    NEW_PLACE: "New place: {title}",
    CHANGED: "Changed: {title}",
}
PARTS = {
    "agenda": "Agenda", "description": "Description", "joining_link": "Joining link", "host_code": "Host",
    "co_host_codes": "Co-hosts", "interpretation": "Interpretation", "answer_by": "Answers by",
}  # fmt: skip


@dataclass(frozen=True)
class Agreed:
    """When something was agreed to take place: local days and times in a zone, both times None for whole days."""

    starts_on: date
    start_time: time | None
    ends_on: date
    end_time: time | None
    time_zone: str
    start_fold: int = 0
    end_fold: int = 0


def agreed(values: Mapping[str, Any]) -> Agreed:
    """Return when an event was agreed to take place, from plain values as the history keeps them."""
    return Agreed(
        date.fromisoformat(values["starts_on"]), _hour(values["start_time"]),
        date.fromisoformat(values["ends_on"]), _hour(values["end_time"]),
        values["time_zone"], values["start_fold"], values["end_fold"],
    )  # fmt: skip


def when_of(event: Event) -> Agreed:
    """Return when an event was agreed to take place."""
    return Agreed(**{name: getattr(event, name) for name in WHEN_FIELDS})


def headline(was_status: str, status: str, changed: Collection[str], title: str, language: str) -> str:
    """Return what matters most of a change, with the title: `Moved: {title}`."""
    return translate(language, HEADLINES[_what_matters(was_status, status, set(changed))], title=title)


def agreed_text(when: Agreed, language: str) -> str:
    """Return the days and times in their own zone, which is named: `Tuesday, 2 March 2027, 10:00–13:00 (Austria)`."""
    return f"{span_text(when, language)} ({zone_text(when.time_zone, language)})"


def agreed_elsewhere(when: Agreed, zone_name: str, language: str) -> str:
    """Return the same on the clocks of another zone; empty for whole days and where these clocks show the same."""
    there = on_other_clocks(when, zone_name)
    return agreed_text(there, language) if there else ""


def on_other_clocks(when: Agreed, zone_name: str) -> Agreed | None:
    """Return the same as agreed in another zone; None for whole days and where these clocks show the same."""
    try:
        there = _on_clocks_of(when, zone_name)
    except SkippedTimeError:  # agreed before a new tz database: somebody has to move it
        return None
    is_same = there is None or (there.starts_on, there.start_time) == (when.starts_on, when.start_time)
    return None if is_same else there


def place_line(format_key: str, place: str, language: str) -> str:
    """Return where something takes place, or that it does online."""
    return format_name(ONLINE, language) if format_key == ONLINE else place


def title_then(kind: Kind, values: Mapping[str, Any], language: str) -> str:
    """Return the composed title of an event from plain values, as `event_title` does."""
    name = kind_name(kind, tuple(values["group_keys"]), date.fromisoformat(values["starts_on"]), language)
    if not values["theme"]:
        return name
    return translate(language, TITLE_WITH_THEME, kind=name, theme=values["theme"])


def parts_named(names: Iterable[str], language: str) -> list[str]:
    """Return what the changed parts of an event are called, without those that a letter tells in full."""
    return [translate(language, PARTS[name]) for name in names if name in PARTS]


def _what_matters(was_status: str, status: str, changed: set[str]) -> str:
    if status != was_status:
        is_back = was_status == CANCELLED and status != POSTPONED
        return RESTORED if is_back else status
    if not changed.isdisjoint(WHEN_FIELDS):
        return MOVED
    return CHANGED if changed.isdisjoint(PLACE_FIELDS) else NEW_PLACE


def _hour(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _on_clocks_of(when: Agreed, zone_name: str) -> Agreed | None:
    if when.start_time is None or when.end_time is None:
        return None
    start = local_of(instant_of(when.starts_on, when.start_time, when.time_zone, when.start_fold), zone_name)
    end = local_of(instant_of(when.ends_on, when.end_time, when.time_zone, when.end_fold), zone_name)
    return Agreed(*_day_and_time(start), *_day_and_time(end), zone_name)


def _day_and_time(local: datetime) -> tuple[date, time]:
    return local.date(), local.time()
