"""Reading the answer to an invitation (RFC 5546, 3.2.3): who answers what, and to which version of which event.

Nothing is expanded and no zone is needed, so a scan and a reading line by line will do, without a child process.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote

from events_app.ics.errors import UnfitComponentError, UnreadableCalendarError
from events_app.ics.plain_text import clean_text
from events_app.ics.reading.components import Component, Property, calendars_of
from events_app.ics.reading.outcome import ReadLimits
from events_app.ics.reading.scanning import scanned_lines
from events_app.ics.reading.wording import uid_of, unescaped

LIMITS = ReadLimits(octets=500_000, components=50, seconds=2)
LONGEST_COMMENT = 500
MOST_ATTENDEES = 1_000

_WANTED = frozenset({"METHOD", "UID", "SEQUENCE", "DTSTAMP", "ATTENDEE", "COMMENT"})
_ONCE = ("UID", "SEQUENCE", "DTSTAMP")
_INSTANT = re.compile("[0-9]{8}T[0-9]{6}Z")
_NUMBER = re.compile("[0-9]{1,9}")


@dataclass(frozen=True)
class Reply:
    """What an iTIP message says: METHOD in capitals, the event, and for each ATTENDEE the address and PARTSTAT.

    Addresses are in lower case without `mailto:`, PARTSTAT in capitals or empty; `dtstamp` is an aware UTC instant.
    """

    method: str
    uid: str
    sequence: int
    dtstamp: datetime
    attendees: tuple[tuple[str, str], ...]
    comment: str


def method_of(content: bytes) -> str:
    """Return the METHOD of a message in capitals, also if the rest of it is odd; raises UnreadableCalendarError."""
    return _method(_calendar(content))


def read_reply(content: bytes) -> Reply:
    """Return what a message about one event says; raises UnreadableCalendarError."""
    calendar = _calendar(content)
    events = [part for part in calendar.parts if part.name == "VEVENT"]
    if len(events) != 1:
        raise UnreadableCalendarError("not-one-event", events=str(len(events)))
    [event] = events
    for name in _ONCE:
        if len(event.all(name)) > 1:
            raise UnreadableCalendarError("said-twice", name=name)
    return Reply(
        _method(calendar), _uid(event), _sequence(event), _dtstamp(event), _attendees(event), _comment(event)
    )  # fmt: skip


def _calendar(content: bytes) -> Component:
    # Some programs put blank lines before the calendar.
    calendars = calendars_of(scanned_lines(content.lstrip(), LIMITS, methods=None), _WANTED)
    if len(calendars) != 1 or len(calendars[0].all("METHOD")) > 1:
        raise UnreadableCalendarError("said-twice", name="VCALENDAR")
    return calendars[0]


def _method(calendar: Component) -> str:
    return calendar.text("METHOD").strip().upper()[:60]


def _uid(event: Component) -> str:
    try:
        return uid_of(event)
    except UnfitComponentError as error:
        raise UnreadableCalendarError(error.reason) from None


def _sequence(event: Component) -> int:
    text = event.text("SEQUENCE").strip() or "0"
    if not _NUMBER.fullmatch(text):
        raise UnreadableCalendarError("sequence", sequence=text[:60])
    return int(text)


def _dtstamp(event: Component) -> datetime:
    text = event.text("DTSTAMP").strip().upper()
    try:
        if _INSTANT.fullmatch(text):
            return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        pass
    raise UnreadableCalendarError("bad-time", time=text[:60])


def _attendees(event: Component) -> tuple[tuple[str, str], ...]:
    attendees = event.all("ATTENDEE")
    if len(attendees) > MOST_ATTENDEES:
        raise UnreadableCalendarError("too-many-properties", limit=str(MOST_ATTENDEES))
    return tuple(
        (address_of(attendee), attendee.parameters.get("PARTSTAT", "").strip().upper()[:60]) for attendee in attendees
    )


def address_of(attendee: Property) -> str:
    """Return the mail address of an ATTENDEE in lower case: with or without `mailto:`, in quotes or angles."""
    value = unquote(attendee.value.strip().strip('"')).strip()
    if value[:7].lower() == "mailto:":
        value = value[7:]
    return value.strip().strip("\"'<>").strip().lower()[:254]


def _comment(event: Component) -> str:
    texts = (clean_text(unescaped(line.value[: 4 * LONGEST_COMMENT])).strip() for line in event.all("COMMENT")[:20])
    return "\n".join(text for text in texts if text)[:LONGEST_COMMENT]
