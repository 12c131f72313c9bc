"""Chairs, places and times of events in words, for the reader of this page."""

from datetime import date, datetime

from babel.dates import format_interval, format_skeleton

from events_app.dates.wall_time import local_of
from events_app.events.models import ONLINE, Event
from events_app.events.rules.table import chair_line
from events_app.web.access import current_reader
from events_app.web.context import language, reader_zone, say
from events_app.words.chairs import chairs_text
from events_app.words.dates import days_text, short_day_text, time_text, weekday_names
from events_app.words.labels import format_name
from events_app.words.languages import locale_of
from events_app.words.states import state_name
from events_app.words.zones import zone_text


def state_text(code: str) -> str:
    """Return the name of a State."""
    return state_name(code, language(), current_reader().partnership.state(code).name)


def chair_text(event: Event) -> str:
    """Return who chairs an event, marked where it was decided otherwise than by the rule; empty if nobody does."""
    line = chair_line(event, current_reader().partnership)
    return chairs_text(line, language())


def place_text(event: Event) -> str:
    """Return where an event takes place: the place entered, the venue with its city and State, or online."""
    if event.format == ONLINE:
        return format_name(ONLINE, language())
    parts = [event.place, *_venue_parts(event)]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def clock_text(event: Event) -> str:
    """Return the times of an event in its own zone, or how many days it lasts."""
    if event.start_time is None or event.end_time is None:
        count = (event.ends_on - event.starts_on).days + 1
        return days_text(count, language()) if count > 1 else say("All day")
    start, end = time_text(event.start_time, language()), time_text(event.end_time, language())
    if event.ends_on > event.starts_on:
        end = f"{short_day_text(event.ends_on, language())}, {end}"
    return f"{start}–{end}"


def short_days_text(event: Event) -> str:
    """Return the days of an event without weekday and year: `2 Mar`, `14–15 Oct`."""
    locale = locale_of(language())
    if event.starts_on == event.ends_on:
        return format_skeleton("MMMd", event.starts_on, locale=locale)
    return format_interval(event.starts_on, event.ends_on, "MMMd", locale=locale)


def is_elsewhere(event: Event) -> bool:
    """Return whether the reader's clock shows another time than the event's."""
    shown = [_wall(event.starts_at, name) for name in (event.time_zone, reader_zone())]
    return not event.is_all_day and shown[0] != shown[1]


def reader_time_text(event: Event) -> str:
    """Return the times of an event in the reader's zone, with the day if it is another one, and the zone."""
    start, end = _wall(event.starts_at, reader_zone()), _wall(event.ends_at, reader_zone())
    times = f"{time_text(start.time(), language())}–{time_text(end.time(), language())}"
    if start.date() != event.starts_on:
        times = f"{short_day_text(start.date(), language())}, {times}"
    return f"{times} ({zone_text(reader_zone(), language())})"


def figure_text(first: date, last: date) -> str:
    """Return the big figure of a row: the day, or both days of what lasts longer."""
    return str(first.day) if first == last else f"{first.day}–{last.day}"


def weekdays_text(first: date, last: date) -> str:
    """Return the weekday of a row, or both."""
    names = weekday_names(language(), "abbreviated")
    days = dict.fromkeys((first, last))
    return "–".join(names[day.weekday()] for day in days)


def _wall(instant: datetime, zone_name: str) -> datetime:
    return local_of(instant, zone_name).replace(tzinfo=None)


def _venue_parts(event: Event) -> tuple[str, ...]:
    if event.venue is None:
        return ()
    if event.venue.name == event.venue.city:
        return event.venue.city, state_text(event.venue.state_code)
    return event.venue.name, event.venue.city
