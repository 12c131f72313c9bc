"""The secret of the page on which an invitation is answered without signing in."""

import hmac
import re
from hashlib import sha256

DIGITS = 40
TOKEN = re.compile(rf"([1-9][0-9]{{0,9}})-([0-9a-f]{{{DIGITS}}})")


def answer_token(key: str, invitation_id: int) -> str:
    """Return `<id>-<hex digest>`; `key` is the signing key, of the digest 160 bits are kept."""
    return f"{invitation_id}-{_digest(key, invitation_id)}"


def invitation_id_of_token(token: str, key: str) -> int | None:
    """Return the invitation that a token answers; None for any other text."""
    found = TOKEN.fullmatch(token)
    if found is None:
        return None
    invitation_id = int(found[1])
    return invitation_id if hmac.compare_digest(found[2], _digest(key, invitation_id)) else None


def _digest(key: str, invitation_id: int) -> str:
    # Another purpose than that of the address for replies: whoever sees the one cannot make the other.
    return hmac.new(key.encode(), f"answer-on-the-web:{invitation_id}".encode(), sha256).hexdigest()[:DIGITS]
