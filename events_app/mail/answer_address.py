"""The address to which an invitation is answered: ours, with its number and a digest that only we can make."""

import hmac
import re
from datetime import UTC
from hashlib import sha256

from events_app.events.models import Invitation

DIGITS = 24
PLUS = re.compile(rf"([1-9][0-9]{{0,9}})-[0-9a-f]{{{DIGITS}}}")


def answer_address(mail_from: str, key: str, invitation: Invitation) -> str:
    """Return `local+<number>-<hex digest>@domain`; `key` is the signing key, of the digest 96 bits are kept."""
    local, _, domain = mail_from.rpartition("@")
    digest = invitation_digest("answer-by-mail", key, invitation)[:DIGITS]
    return f"{local}+{invitation.id}-{digest}@{domain}"


def number_in_address(address: str, mail_from: str) -> int | None:
    """Return the number of the invitation that an address claims to answer, whatever the case of its letters."""
    local, _, domain = mail_from.lower().rpartition("@")
    before, _, asked_domain = address.strip().lower().rpartition("@")
    found = PLUS.fullmatch(before.removeprefix(f"{local}+"))
    is_ours = asked_domain == domain and before.startswith(f"{local}+")
    return int(found[1]) if found and is_ours else None


def is_address_of(address: str, mail_from: str, key: str, invitation: Invitation) -> bool:
    """Return whether an address is the one that answers an invitation; takes the same time for every other."""
    ours = answer_address(mail_from, key, invitation)
    return hmac.compare_digest(address.strip().lower().encode(errors="replace"), ours.lower().encode())


def invitation_digest(purpose: str, key: str, invitation: Invitation) -> str:
    """Return a digest of an invitation under a key, in hexadecimal.

    Numbers are handed out again after a restored backup: person and instant tell a new invitation from a lost one.
    """
    stands_for = f"{purpose}:{invitation.id}:{invitation.person_id}:{invitation.invited_at.astimezone(UTC).isoformat()}"
    return hmac.new(key.encode(), stands_for.encode(), sha256).hexdigest()
