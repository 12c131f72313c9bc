"""Addresses, secrets and validity: pure."""

import hashlib
import hmac
import re
import secrets
from datetime import date, datetime, time, timedelta

from events_app.people.errors import InvalidAddressError, LeadDaysError, QuietHoursError
from events_app.people.models import Person, Post, SignInLink, SignInSession

MOST_LEAD_TIMES, LONGEST_LEAD_TIME = 5, 60
SEPARATORS = re.compile(r"[\s,;،]+")

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


def lead_days_in(text: str) -> list[int]:
    """Return the days before an event that a text such as `14, 2, 1` names, the most first; raises LeadDaysError."""
    entered = [part for part in SEPARATORS.split(text) if part]
    if not all(part.isdecimal() for part in entered):
        raise LeadDaysError("unreadable", text)
    if any(len(part) > 3 or int(part) > LONGEST_LEAD_TIME for part in entered):
        raise LeadDaysError("too-far", text)
    days = sorted({int(part) for part in entered}, reverse=True)
    if len(days) > MOST_LEAD_TIMES:
        raise LeadDaysError("too-many", text)
    return days


def check_quiet_hours(quiet_from: time | None, quiet_until: time | None) -> None:
    """Raise QuietHoursError unless quiet hours have a beginning and another end, or are not there at all."""
    if (quiet_from is None) != (quiet_until is None):
        raise QuietHoursError("quiet_from" if quiet_from is None else "quiet_until")
    if quiet_from is not None and quiet_from == quiet_until:
        raise QuietHoursError("")
