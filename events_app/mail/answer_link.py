"""The secret of the page on which an invitation is answered without signing in."""

import hmac
import re

from events_app.events.models import Invitation
from events_app.mail.answer_address import invitation_digest

DIGITS = 40
TOKEN = re.compile(rf"([1-9][0-9]{{0,9}})-[0-9a-f]{{{DIGITS}}}")


def answer_token(key: str, invitation: Invitation) -> str:
    """Return `<number>-<hex digest>`; `key` is the signing key, of the digest 160 bits are kept."""
    # Another purpose than that of the address for replies: whoever sees the one cannot make the other.
    return f"{invitation.id}-{invitation_digest('answer-on-the-web', key, invitation)[:DIGITS]}"


def number_in_token(token: str) -> int | None:
    """Return the number of the invitation that a token claims to answer; None for any other text."""
    found = TOKEN.fullmatch(token)
    return int(found[1]) if found else None


def is_token_of(token: str, key: str, invitation: Invitation) -> bool:
    """Return whether a token is the one that answers an invitation; takes the same time for every other."""
    return hmac.compare_digest(token.encode(errors="replace"), answer_token(key, invitation).encode())
