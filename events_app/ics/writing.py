"""Writing calendars: the bytes of one event, and calendars joined from bytes that were kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from events_app.ics.colors import HEX_VALUES
from events_app.ics.component import component_of
from events_app.ics.content_lines import escaped, joined
from events_app.ics.entry import Entry
from events_app.ics.plain_text import clean_uri

PRODUCT = "-//Partnership Calendar//Feeds//EN"
REFRESH = "PT1H"


@dataclass(frozen=True)
class CalendarHead:
    """What a subscribed calendar says of itself; `url` is its public page, `color` a CSS3 name."""

    name: str
    description: str
    zone_name: str
    url: str
    color: str


def entry_bytes(entry: Entry) -> bytes:
    """Return the VEVENT of an entry, ended by CRLF; equal entries give equal bytes under one tz database.

    Raises UnknownZoneError.
    """
    lines = component_of(entry).content_lines(sorted=False)
    # Only the lines are taken from the library: it folds at 74 octets and may cut what belongs together.
    return joined(str(line) for line in lines if line)


def calendar_bytes(
    head: CalendarHead | None, zone_pieces: Iterable[bytes], entry_pieces: Iterable[bytes], method: str = ""
) -> bytes:
    """Return a VCALENDAR of kept pieces, each ended by CRLF; without a head it is a single download.

    A `method` (RFC 5546) makes it a message to those it names: feeds and downloads have none.
    """
    pieces = (joined(_opening(head, method)), *zone_pieces, *entry_pieces, joined(["END:VCALENDAR"]))
    return b"".join(pieces)


def _opening(head: CalendarHead | None, method: str) -> Iterator[str]:
    # Feeds: no METHOD, as PUBLISH demands ORGANIZER; no UID, as some readers then keep a single event.
    yield from ("BEGIN:VCALENDAR", f"PRODID:{PRODUCT}", "VERSION:2.0", "CALSCALE:GREGORIAN")
    if method:
        yield f"METHOD:{method}"
    if head is not None:
        yield from _names(head)
        yield from (f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}", f"X-PUBLISHED-TTL:{REFRESH}")
        yield from (f"SOURCE;VALUE=URI:{clean_uri(head.url)}", f"URL:{clean_uri(head.url)}")
        yield from _colors(head)


def _names(head: CalendarHead) -> Iterator[str]:
    yield f"NAME:{escaped(head.name)}"
    yield f"X-WR-CALNAME:{escaped(head.name)}"
    yield f"X-WR-CALDESC:{escaped(head.description)}"
    yield f"X-WR-TIMEZONE:{escaped(head.zone_name)}"


def _colors(head: CalendarHead) -> Iterator[str]:
    yield f"COLOR:{escaped(head.color)}"
    if head.color in HEX_VALUES:
        yield f"X-APPLE-CALENDAR-COLOR:{HEX_VALUES[head.color]}"
