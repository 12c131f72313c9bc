"""Reports that a letter could not be delivered: in the form of RFC 3464, and the plain ones of older servers."""

import re
from dataclasses import dataclass

from events_app.mail.header import one_line
from events_app.mail.incoming.contents import ADDRESS, Contents
from events_app.mail.incoming.errors import UnreadableMailError
from events_app.mail.incoming.headers import Headers, headers_of
from events_app.mail.incoming.parts import Part

LARGEST_REPORT = 200_000
MOST_RECIPIENTS = 100
LONGEST_DIAGNOSIS = 300
STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
ORIGINAL_TYPES = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
POSTMASTERS = ("mailer-daemon", "postmaster", "mail-daemon", "mdaemon")
# How reports of servers begin that write them for people only.
PLAIN_FORMS = (
    "this is the qmail-send program",
    "did not reach some or all of the intended recipients",
    "could not be delivered",
    "undeliverable",
    "delivery has failed",
    "delivery to the following recipient",
)

_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_MESSAGE_ID = re.compile(r"<[0-9a-f]{40}@[a-z0-9.-]{1,190}>", re.IGNORECASE)


@dataclass(frozen=True)
class Failure:
    """One recipient that a report names: the addresses (lower case) by which it is known, and what happened.

    `status` is an enhanced status code (RFC 3463), `action` `failed`, `delayed` or another word of RFC 3464.
    """

    addresses: frozenset[str]
    action: str
    status: str
    diagnosis: str

    @property
    def is_final(self) -> bool:
        """Whether the letter will not be tried again: also after days of passing trouble (`4.4.7`)."""
        return self.action == "failed"


@dataclass(frozen=True)
class Report:
    """A report: the Message-IDs of the letter that it may be about, and what became of which recipient."""

    message_ids: tuple[str, ...]
    failures: tuple[Failure, ...]


def report_of(mail: Contents) -> Report | None:
    """Return the report that a mail is, or None if it is none."""
    parts = [part for part in mail.parts if part.content_type in STATUS_TYPES]
    if parts:
        blocks = _BLANK_LINE.split(parts[0].content(LARGEST_REPORT))[: MOST_RECIPIENTS + 1]
        failures = tuple(failure for block in blocks if (failure := _failure(headers_of(block))))
        return Report(_message_ids(mail), failures)
    return _plain_report(mail) if _is_from_a_postmaster(mail) else None


def _failure(fields: Headers) -> Failure | None:
    names = ("final-recipient", "original-recipient")
    addresses = {fields.first(name).rpartition(";")[2].strip().strip("<>").lower() for name in names} - {""}
    found = _STATUS.search(fields.first("status"))
    if not addresses or not found:
        return None
    diagnosis = one_line(fields.first("diagnostic-code").partition(";")[2])
    return Failure(frozenset(addresses), fields.word("action"), found[1], diagnosis[:LONGEST_DIAGNOSIS])


def _plain_report(mail: Contents) -> Report | None:
    text = mail.text(LARGEST_REPORT)
    said = f"{mail.subject}\n{text[:2_000]}".lower()
    if not any(form in said for form in PLAIN_FORMS):
        return None
    before_copy = text.partition("--- Below this line is a copy")[0]
    found = _STATUS.search(before_copy)
    status = found[1] if found else "5.0.0"
    addresses = frozenset(match[0].lower().rstrip(".") for match, _ in _some(ADDRESS, before_copy))
    action = "failed" if status.startswith("5.") else "delayed"
    diagnosis = one_line(before_copy[found.start() :] if found else before_copy)[:LONGEST_DIAGNOSIS]
    return Report(_message_ids(mail), (Failure(addresses, action, status, diagnosis),))


def _some(pattern: re.Pattern[str], text: str) -> list[tuple[re.Match[str], int]]:
    return list(zip(pattern.finditer(text), range(MOST_RECIPIENTS), strict=False))


def _is_from_a_postmaster(mail: Contents) -> bool:
    is_from_nobody = mail.headers.first("return-path").replace(" ", "") == "<>"
    return is_from_nobody or mail.sender.lower().partition("@")[0] in POSTMASTERS


def _message_ids(mail: Contents) -> tuple[str, ...]:
    """Return what looks like our Message-IDs, those of the letter that came back first."""
    originals = [part for part in mail.parts if part.content_type in ORIGINAL_TYPES]
    texts = [_first_message_id(part) for part in originals]
    texts += [mail.headers.first(name) for name in ("in-reply-to", "references", "x-failed-message-id")]
    texts.append(mail.text(LARGEST_REPORT))
    found = [match[0] for text in texts for match, _ in _some(_MESSAGE_ID, text)]
    return tuple(dict.fromkeys(found))[:MOST_RECIPIENTS]


def _first_message_id(original: Part) -> str:
    content = original.content(LARGEST_REPORT)
    try:
        return headers_of(_BLANK_LINE.split(content.lstrip(b"\r\n"), maxsplit=1)[0]).first("message-id")
    except UnreadableMailError:
        return ""
