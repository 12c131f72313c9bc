"""Understanding what a mail server says (RFC 5321, 4.2, and RFC 3463)."""

import re
from enum import Enum

from events_app.mail.outcomes import Misconfigured, Outcome, Refused, TryLater


class Stage(Enum):
    """The command that a reply answers; DOT is the end of the letter."""

    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    DOT = "."


NOT_AUTHENTICATED = (530, 534, 535, 538)
OVER_QUOTA = 552
SENDER_REFUSED = ("5.1.7", "5.1.8")
ADDRESS_UNKNOWN, MAILBOX_FULL, OUR_SIDE, OTHER = "address-unknown", "mailbox-full", "our-side", "other"
SUPPRESSED_REPLY = "address suppressed"
ANYWHERE = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
ENHANCED = re.compile(r"(?:^|#)([245]\.\d{1,3}\.\d{1,3})\b")


def verdict(stage: Stage, code: int, text: str) -> Outcome:
    """Return what a reply other than success means for the letter, the address or the relay."""
    reply, enhanced = f"{code} {text}".strip(), enhanced_code(text)
    if code in NOT_AUTHENTICATED:
        return Misconfigured(reply)
    if code == OVER_QUOTA or enhanced == "5.2.2":
        return TryLater(reply, is_mailbox_full=True)
    if code < 500:
        return TryLater(reply)
    if _is_about_us(stage, enhanced, text):
        return Misconfigured(reply)
    return Refused(reply, is_address_dead=stage is Stage.RCPT and enhanced.startswith("5.1."))


def failure_sort(reply: str) -> str:
    """Return what a letter failed of, by what is noted: address unknown, mailbox full, our own side, or other."""
    found = ANYWHERE.search(reply)
    about = found[0].partition(".")[2] if found else ""
    if about in ("1.7", "1.8") or about.startswith("7.") or reply[:3] in map(str, NOT_AUTHENTICATED):
        return OUR_SIDE
    if reply.startswith(SUPPRESSED_REPLY) or about.startswith("1."):
        return ADDRESS_UNKNOWN
    return MAILBOX_FULL if about == "2.2" or reply[:3] == str(OVER_QUOTA) else OTHER


def enhanced_code(text: str) -> str:
    """Return the enhanced status code of a reply's text (`5.1.1`), or an empty text."""
    found = ENHANCED.search(text.strip())
    return found[1] if found else ""


def _is_about_us(stage: Stage, enhanced: str, text: str) -> bool:
    # Servers judge the sender only when they hear of a recipient, sometimes with a code of the recipient's kind.
    if stage is Stage.MAIL or enhanced.startswith("5.7.") or enhanced in SENDER_REFUSED:
        return True
    said = text.lower()
    return stage is Stage.RCPT and ("relay" in said or "sender address rejected" in said)
