"""The hours of events with an online part, in the words of the reader."""

from dataclasses import dataclass
from datetime import date

from events_app.events.models import CANCELLED, IN_PERSON, Event
from events_app.events.rules.table import invited_codes
from events_app.partnership.rules import Partnership
from events_app.planning.fair_hours import Burden, LocalHours, burdens, has_online_part, local_hours
from events_app.web.access import current_reader
from events_app.web.context import language
from events_app.web.rows import shown_events
from events_app.words.dates import short_day_text, time_text


@dataclass(frozen=True)
class HoursLine:
    """One State: from when until when, with the day where it is not the event's own, and whether that is fair."""

    state_code: str
    text: str
    is_fair: bool


def hours_of(event: Event) -> list[HoursLine]:
    """Return the local hours of an event for the States concerned; nothing for the public or without an online part."""
    if current_reader().is_public or not has_online_part(event):
        return []
    return [HoursLine(h.state_code, _text(h, event.starts_on), h.is_fair) for h in _hours(event)]


def burdens_of(year: int) -> list[Burden]:
    """Return the burden of each State in a year, from the events that the reader may see."""
    in_year = (Event.starts_on >= date(year, 1, 1), Event.starts_on <= date(year, 12, 31))
    events = shown_events(*in_year, Event.format != IN_PERSON, Event.status != CANCELLED)
    return burdens(hours for event in events if has_online_part(event) for hours in _hours(event))


def _hours(event: Event) -> list[LocalHours]:
    facts = current_reader().partnership
    return local_hours(event, invited_codes(event, facts), _zones(facts))


def _zones(facts: Partnership) -> dict[str, str]:
    return {code: state.time_zone for code, state in facts.states.items()}


def _text(hours: LocalHours, day: date) -> str:
    times = f"{time_text(hours.starts.time(), language())}–{time_text(hours.ends.time(), language())}"
    if hours.starts.date() == day:
        return times
    return f"{short_day_text(hours.starts.date(), language())}, {times}"
