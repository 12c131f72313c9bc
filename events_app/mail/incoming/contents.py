"""What is asked of a mail that came in: from whom, to which addresses, what sort of parts it has."""

import re
from dataclasses import dataclass

from events_app.mail.header import one_line
from events_app.mail.incoming.errors import UnreadableMailError
from events_app.mail.incoming.headers import Headers, decoded_header
from events_app.mail.incoming.parts import Part, whole_mail

LONGEST_SENDER, LONGEST_SUBJECT, LONGEST_MESSAGE_ID = 254, 200, 255
MOST_RECIPIENTS = 500
CALENDAR_TYPES = ("text/calendar", "application/ics")
# Where mail servers and mailboxes note to which address a mail was really delivered.
RECIPIENT_HEADERS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "to", "cc")
NEEDED = ("from", "to", "subject", "date", "message-id", "received", "return-path", "content-type")

ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}+@[a-z0-9.-]{1,190}", re.IGNORECASE)
_LAST_IN_ANGLES = re.compile(r"<([^<>\s]{3,254})>\s*\Z")


@dataclass(frozen=True)
class Contents:
    """A mail as the rules see it; `recipients` are addresses as they were written, without order of trust."""

    headers: Headers
    sender: str
    subject: str
    message_id: str
    recipients: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def calendars(self) -> tuple[Part, ...]:
        """The parts that are calendars by their type or their file name."""
        return tuple(part for part in self.parts if _is_calendar(part))

    def text(self, most: int) -> str:
        """Return the first part that is plain text, or an empty text."""
        return next((part.text(most) for part in self.parts if part.content_type == "text/plain"), "")


def contents_of(content: bytes, delivered_to: tuple[str, ...] = ()) -> Contents:
    """Return the contents of a mail; `delivered_to` are its addresses as the mail server knows them.

    Raises UnreadableMailError.
    """
    mail = whole_mail(content)
    if not any(mail.headers.first(name) for name in NEEDED):
        raise UnreadableMailError("not-a-mail")
    return Contents(
        mail.headers,
        sender_of(mail.headers),
        subject_of(mail.headers),
        message_id_of(mail.headers),
        (*delivered_to, *_recipients(mail.headers)),
        tuple(mail.all_parts()),
    )


def sender_of(headers: Headers) -> str:
    """Return the address that a mail says it is from; nothing may rely on it."""
    value = headers.first("from")
    found = _LAST_IN_ANGLES.search(value[-LONGEST_SENDER - 10 :]) or ADDRESS.search(value)
    return one_line(found[found.lastindex or 0] if found else "")[:LONGEST_SENDER]


def subject_of(headers: Headers) -> str:
    """Return the subject in one line."""
    return one_line(decoded_header(headers.first("subject")))[:LONGEST_SUBJECT]


def message_id_of(headers: Headers) -> str:
    """Return the Message-ID in its angles."""
    return one_line(headers.first("message-id"))[:LONGEST_MESSAGE_ID]


def _recipients(headers: Headers) -> tuple[str, ...]:
    values = (value for name in RECIPIENT_HEADERS for value in headers.all(name))
    found = (match[0] for value in values for match in ADDRESS.finditer(value))
    return tuple(dict.fromkeys(address for address, _ in zip(found, range(MOST_RECIPIENTS), strict=False)))


def _is_calendar(part: Part) -> bool:
    if part.parts:
        return False
    name = part.headers.parameter("content-disposition", "filename") or part.headers.parameter("content-type", "name")
    return part.content_type in CALENDAR_TYPES or (
        part.content_type == "application/octet-stream" and name.lower().endswith(".ics")
    )
