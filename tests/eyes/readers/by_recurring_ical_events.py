"""recurring-ical-events, which expands calendars; it knows zones by their names, else by their VTIMEZONE."""

from collections.abc import Iterator

import recurring_ical_events
from icalendar import Calendar
from rows import Row, answer, written


def read(text: str) -> Iterator[Row]:
    """Yield the rows of a feed."""
    for event in recurring_ical_events.of(Calendar.from_ical(text)).all():
        yield [
            str(event["UID"]), written(event["DTSTART"].dt), written(event["DTEND"].dt),
            str(event["SUMMARY"]), str(event["STATUS"]), int(event["SEQUENCE"]),
        ]  # fmt: skip


if __name__ == "__main__":
    answer(read)
