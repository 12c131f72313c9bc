"""What sort of mail it is: our own, an automatic one, a report, a reply of a calendar program, or another."""

import re

from events_app.ics.errors import UnreadableCalendarError
from events_app.ics.reading.reply import LIMITS, method_of
from events_app.mail.incoming.contents import Contents
from events_app.mail.incoming.headers import decoded_text
from events_app.mail.incoming.parts import Part
from events_app.mail.incoming.reports import Report
from events_app.mail.models import AUTOMATIC, BOUNCE, OTHER, OWN, REPLY

REPLY_METHOD = "REPLY"
MOST_CALENDARS = 5
BULK = ("bulk", "junk", "list", "auto_reply", "auto-reply")
TELLING = ("list-id", "list-unsubscribe", "x-autoreply", "x-autorespond", "x-auto-response-suppress", "x-autorply")


def sort_of(mail: Contents, report: Report | None, host: str) -> str:
    """Return the sort of a mail; `host` is the right-hand side of our Message-IDs."""
    if _is_own(mail, host):
        return OWN
    if report is not None:
        return BOUNCE
    if not mail.calendars:
        return AUTOMATIC if is_automatic(mail) else OTHER
    # Programs that answer invitations by themselves mark their replies as automatic, and they count all the same.
    return AUTOMATIC if is_automatic(mail) and not _has_reply(mail) else REPLY


def is_automatic(mail: Contents) -> bool:
    """Return whether no person wrote a mail: out-of-office, receipts, lists (RFC 3834, 8098, 2919)."""
    headers = mail.headers
    return (
        headers.word("auto-submitted") not in ("", "no")
        or headers.word("precedence") in BULK
        or any(headers.first(name) for name in TELLING)
        or headers.first("return-path").replace(" ", "") == "<>"
        or any(part.content_type == "message/disposition-notification" for part in mail.parts)
    )


def calendar_content(part: Part) -> bytes:
    """Return a calendar part in UTF-8 where its encoding is one that calendar files do not have."""
    content = part.content(2 * LIMITS.octets)
    charset = part.headers.parameter("content-type", "charset").lower()
    if charset in ("", "utf-8", "us-ascii"):
        return content
    return decoded_text(content, charset).encode("utf-8", "replace")


def _is_own(mail: Contents, host: str) -> bool:
    ours = re.fullmatch(rf"<[0-9a-f]{{40}}@{re.escape(host)}>", mail.message_id, re.IGNORECASE)
    return ours is not None


def _has_reply(mail: Contents) -> bool:
    return any(_method(part) == REPLY_METHOD for part in mail.calendars[:MOST_CALENDARS])


def _method(part: Part) -> str:
    try:
        return method_of(calendar_content(part))
    except UnreadableCalendarError:
        return ""
