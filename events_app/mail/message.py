"""The bytes of a letter (RFC 5322), made once: headers, text and HTML, attachments."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from events_app.mail.errors import AddressRefusedError
from events_app.mail.header import header_name, header_text, one_line
from events_app.mail.parts import file_part, several, text_part

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
ADDRESS_LENGTH = 254
ICS_NAME = "invite.ics"


@dataclass(frozen=True)
class Mailbox:
    """An address, and the name of whose it is."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter; `content_type` may carry parameters (`text/calendar; method=REQUEST`)."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class CalendarPart:
    """What a letter says to a calendar program (RFC 6047): `method` is REQUEST or CANCEL, `content` the VCALENDAR.

    `answer_address` is its ORGANIZER: the mailbox that reads the answers to this one invitation.
    """

    method: str
    content: bytes
    answer_address: str


@dataclass(frozen=True)
class Letter:
    """What a letter says, and to whom; `thread` is the Message-ID that all letters about one event refer to."""

    message_id: str
    sender: Mailbox
    recipient: Mailbox
    subject: str
    text: str
    html: str
    language: str
    sent_at: datetime
    list_id: str = ""
    thread: str = ""
    reply_to: Mailbox | None = None
    unsubscribe_link: str = ""
    attachments: tuple[Attachment, ...] = ()
    calendar: CalendarPart | None = None


def letter_bytes(letter: Letter) -> bytes:
    """Return the letter as it goes over the wire, lines ending in CRLF; raises AddressRefusedError.

    Seven bits everywhere: no relay on the way has a reason to rewrite what was frozen.
    """
    headers = {**_headers(letter), **_occasional_headers(letter), "MIME-Version": "1.0"}
    lines = (f"{name}: {value}\r\n" for name, value in headers.items())
    return "".join(lines).encode("ascii", "replace") + _body(letter)


def checked_address(address: str) -> str:
    """Return an address that is safe in a header and an SMTP command; raises AddressRefusedError."""
    if len(address) > ADDRESS_LENGTH or not ADDRESS.fullmatch(address):
        raise AddressRefusedError(address)
    return address


def _headers(letter: Letter) -> dict[str, str]:
    return {
        "Date": format_datetime(letter.sent_at),
        "From": _mailbox(letter.sender),
        "To": _mailbox(letter.recipient),
        "Subject": header_text(letter.subject),
        "Message-ID": one_line(letter.message_id),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": one_line(letter.language),
    }


def _occasional_headers(letter: Letter) -> dict[str, str]:
    headers = {}
    if letter.reply_to:
        headers["Reply-To"] = _mailbox(letter.reply_to)
    if letter.thread:
        headers["References"] = headers["In-Reply-To"] = one_line(letter.thread)
    if letter.list_id:
        headers["List-Id"] = f"<{one_line(letter.list_id)}>"
    if letter.unsubscribe_link:
        headers["List-Unsubscribe"] = f"<{one_line(letter.unsubscribe_link)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _mailbox(mailbox: Mailbox) -> str:
    address = checked_address(mailbox.address)
    return f"{header_name(mailbox.name)}<{address}>" if mailbox.name else address


def _body(letter: Letter) -> bytes:
    """Return text and HTML, an invitation as the last way to read the letter, and the files."""
    ways = [text_part(_clean(letter.text), "plain"), text_part(_clean(letter.html), "html")]
    files = [file_part(file.content_type, file.content, file.filename) for file in letter.attachments]
    if letter.calendar:
        # Programs look for an invitation in either place.
        ways.append(file_part(_calendar_type(letter.calendar), letter.calendar.content))
        files.insert(0, file_part("application/ics", letter.calendar.content, ICS_NAME))
    body = several("alternative", ways)
    return several("mixed", [body, *files]) if files else body


def _calendar_type(calendar: CalendarPart) -> str:
    return f"text/calendar; method={calendar.method}; charset=UTF-8"


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
