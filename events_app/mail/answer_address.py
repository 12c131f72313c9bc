"""The address to which an invitation is answered: ours, with the invitation and a digest that only we can make."""

import hmac
import re
from hashlib import sha256

DIGITS = 24
PLUS = re.compile(rf"([1-9][0-9]{{0,9}})-([0-9a-f]{{{DIGITS}}})")


def answer_address(mail_from: str, key: str, invitation_id: int) -> str:
    """Return `local+<id>-<hex digest>@domain`; `key` is the signing key, of the digest 96 bits are kept."""
    local, _, domain = mail_from.rpartition("@")
    return f"{local}+{invitation_id}-{_digest(key, invitation_id)}@{domain}"


def invitation_id_of(address: str, mail_from: str, key: str) -> int | None:
    """Return the invitation that an address answers, whatever the case of its letters; None for any other address."""
    local, _, domain = mail_from.lower().rpartition("@")
    before, _, asked_domain = address.strip().lower().rpartition("@")
    found = PLUS.fullmatch(before.removeprefix(f"{local}+"))
    if found is None or asked_domain != domain or not before.startswith(f"{local}+"):
        return None
    invitation_id = int(found[1])
    return invitation_id if hmac.compare_digest(found[2], _digest(key, invitation_id)) else None


def _digest(key: str, invitation_id: int) -> str:
    return hmac.new(key.encode(), f"answer-by-mail:{invitation_id}".encode(), sha256).hexdigest()[:DIGITS]
