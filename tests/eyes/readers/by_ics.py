"""ics (Python), with a grammar of its own; it takes zones from the VTIMEZONE of the file.

Its events are a set and know no sequence; the end of a day-long event is moved, so only its beginning counts.
"""

from collections.abc import Iterator

import ics
from rows import Row, answer, written


def read(text: str) -> Iterator[Row]:
    """Yield the rows of a feed."""
    for event in ics.Calendar(text).events:
        yield [event.uid, moment(event, event.begin), moment(event, event.end), event.name, event.status, None]


def moment(event: ics.Event, when: ics.Event) -> str:
    """Return a day or an instant as it stands in a row."""
    return written(when.date() if event.all_day else when.datetime)


if __name__ == "__main__":
    answer(read)
