"""The secret of an unsubscribe link: whose letter it stops, signed, without an end (RFC 8058)."""

import hmac
import re
from hashlib import sha256

from events_app.mail.kinds import DECLINABLE

TOKEN = re.compile(r"([1-9][0-9]{0,9})-([a-z-]{1,40})-([0-9a-f]{64})")


def unsubscribe_path(person_id: int, letter: str, key: str) -> str:
    """Return the path under which a person stops a letter."""
    return f"/unsubscribe/{unsubscribe_token(person_id, letter, key)}"


def unsubscribe_token(person_id: int, letter: str, key: str) -> str:
    """Return the token for a person's letter, which only the holder of the signing key can make."""
    return f"{person_id}-{letter}-{_digest(person_id, letter, key)}"


def person_and_letter_of(token: str, key: str) -> tuple[int, str] | None:
    """Return whose letter a token stops; None for anything that was not made here, or a letter nobody may decline."""
    found = TOKEN.fullmatch(token)
    if found is None:
        return None
    person_id, letter = int(found[1]), found[2]
    is_ours = hmac.compare_digest(found[3], _digest(person_id, letter, key))
    return (person_id, letter) if is_ours and letter in DECLINABLE and person_id < 2**31 else None


def _digest(person_id: int, letter: str, key: str) -> str:
    return hmac.new(key.encode(), f"unsubscribe:{person_id}:{letter}".encode(), sha256).hexdigest()
