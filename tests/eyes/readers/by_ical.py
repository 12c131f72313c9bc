"""ical (Python), the calendar of Home Assistant; it knows zones by their names, else by their VTIMEZONE."""

from collections.abc import Iterator

from ical.calendar_stream import IcsCalendarStream
from rows import Row, answer, written


def read(text: str) -> Iterator[Row]:
    """Yield the rows of a feed."""
    for event in IcsCalendarStream.calendar_from_ics(text).events:
        yield [
            event.uid, written(event.dtstart), written(event.dtend),
            event.summary, event.status.value, event.sequence,
        ]  # fmt: skip


if __name__ == "__main__":
    answer(read)
