"""Addresses, secrets and validity: pure."""

import hashlib
import hmac
import re
import secrets
from datetime import date, datetime, timedelta

from events_app.people.errors import InvalidAddressError
from events_app.people.models import Person, Post, SignInLink, SignInSession

LINK_LIFETIME = timedelta(minutes=15)
SESSION_IDLE = timedelta(hours=12)
SESSION_LIFETIME = timedelta(days=14)
ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


def clean_address(text: str) -> str:
    """Return a mail address in lower case; raises InvalidAddressError (ASCII only: look-alikes are refused)."""
    given = text.strip()
    address = given.lower()
    # Lower case alone would turn some look-alikes, such as the Kelvin sign, into ASCII.
    if not given.isascii() or len(address) > 254 or not ADDRESS.fullmatch(address):
        raise InvalidAddressError(text)
    return address


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a secret as 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_secret() -> str:
    """Return 256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def link_secret(key: str, link_id: int, created_at: datetime) -> str:
    """Return the secret of a sign-in link, which only the holder of the signing key can derive."""
    message = f"sign-in:{link_id}:{created_at.isoformat()}"
    return hmac.new(key.encode(), message.encode(), hashlib.sha256).hexdigest()


def is_held(post: Post, day: date) -> bool:
    """Return whether a post is held on a day (last day included)."""
    return post.valid_from <= day and (post.valid_to is None or day <= post.valid_to)


def may_sign_in(person: Person, day: date) -> bool:
    """Return whether a person has any role on a day."""
    return person.is_secretary or any(is_held(post, day) for post in person.posts)


def is_live_link(link: SignInLink, now: datetime) -> bool:
    """Return whether a link can still be used."""
    return link.used_at is None and now < link.expires_at


def is_drowsy(session: SignInSession, now: datetime) -> bool:
    """Return whether it is time to note that a session is in use: at most ten times per idle span."""
    return now - session.last_seen_at >= SESSION_IDLE / 10


def is_live_session(session: SignInSession, now: datetime) -> bool:
    """Return whether a session still counts: neither ended, idle nor too old."""
    is_recent = now < session.last_seen_at + SESSION_IDLE and now < session.created_at + SESSION_LIFETIME
    return session.ended_at is None and is_recent
