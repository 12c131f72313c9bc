"""What the child tells its parent, as JSON; the texts of an event travel once, however many instances it has."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from events_app.ics.entry import DaySpan, TimedSpan
from events_app.ics.errors import UnreadableCalendarError
from events_app.ics.reading.outcome import ReadCalendar, ReadItem, ReadProblem

_OWN = ("position", "recurrence", "when")


def calendar_message(calendar: ReadCalendar) -> bytes:
    """Return a calendar as a message."""
    events = {str(item.position): _shared(item) for item in {item.position: item for item in calendar.items}.values()}
    rows = [[item.position, item.recurrence, *_written(item.when)] for item in calendar.items]
    problems = [asdict(problem) for problem in calendar.problems]
    return _encoded({"name": calendar.name, "events": events, "items": rows, "problems": problems})


def refusal_message(error: UnreadableCalendarError) -> bytes:
    """Return a refusal of the whole file as a message."""
    return _encoded({"refused": error.reason, "facts": error.facts})


def calendar_from_message(message: bytes) -> ReadCalendar:
    """Return the calendar of a message; raises UnreadableCalendarError, also if it is none."""
    try:
        told = json.loads(message)
        if "refused" in told:
            raise UnreadableCalendarError(str(told["refused"]), **told["facts"])
        items = tuple(_item(row, told["events"]) for row in told["items"])
        return ReadCalendar(told["name"], items, tuple(ReadProblem(**one) for one in told["problems"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UnreadableCalendarError("broke-off") from None


def _encoded(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()


def _shared(item: ReadItem) -> dict[str, Any]:
    return {name: value for name, value in vars(item).items() if name not in _OWN}


def _written(when: TimedSpan | DaySpan) -> tuple[str, ...]:
    if isinstance(when, DaySpan):
        return when.first.isoformat(), when.last.isoformat()
    return when.starts_at.isoformat(), when.ends_at.isoformat(), when.zone_name


def _item(row: list[Any], events: dict[str, Any]) -> ReadItem:
    position, recurrence, *when = row
    shared = events[str(position)]
    return ReadItem(
        **{**shared, "categories": tuple(shared["categories"])},
        position=position,
        recurrence=recurrence,
        when=_span(when),
    )


def _span(when: list[str]) -> TimedSpan | DaySpan:
    if len(when) == 2:
        return DaySpan(date.fromisoformat(when[0]), date.fromisoformat(when[1]))
    return TimedSpan(datetime.fromisoformat(when[0]), datetime.fromisoformat(when[1]), when[2])
