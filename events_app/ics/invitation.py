"""An invitation to one reader (RFC 5546): the component of the feeds, with METHOD, ORGANIZER and one ATTENDEE."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import quote

from icalendar.prop import vDatetime, vUri

from events_app.ics.component import component_of
from events_app.ics.content_lines import joined
from events_app.ics.entry import Entry
from events_app.ics.writing import calendar_bytes

REQUEST, CANCEL = "REQUEST", "CANCEL"
# A mailto: address is a URI (RFC 6068), yet programs compare it letter by letter with the mailbox: no more than needed.
LITERAL = "@!$&'*+-.=_~"


@dataclass(frozen=True)
class Parties:
    """Who invites whom: the mailbox that reads the answer, the reader's, and what the reader answered (PARTSTAT)."""

    organizer: str
    attendee: str
    partstat: str = "NEEDS-ACTION"


def invitation_bytes(entry: Entry, parties: Parties, method: str, zone_pieces: Iterable[bytes], now: datetime) -> bytes:
    """Return the VCALENDAR that a reader's program takes as an invitation (REQUEST) or its end (CANCEL).

    DTSTAMP is `now`, the moment of this message; an alarm is left out: it is the reader's own.
    """
    told = replace(entry, alarm=None, status="CANCELLED" if method == CANCEL else entry.status)
    component = component_of(told)
    component["DTSTAMP"] = vDatetime(now.astimezone(UTC))
    component.add("ORGANIZER", vUri(_mailto(parties.organizer)), encode=False)
    component.add("ATTENDEE", _attendee(parties, method), encode=False)
    lines = component.content_lines(sorted=False)
    return calendar_bytes(None, zone_pieces, [joined(str(line) for line in lines if line)], method)


def _attendee(parties: Parties, method: str) -> vUri:
    part = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": parties.partstat}
    return vUri(_mailto(parties.attendee), params={**part, "RSVP": "TRUE"} if method == REQUEST else part)


def _mailto(address: str) -> str:
    return f"mailto:{quote(address, safe=LITERAL)}"
