"""Pure questions about letters: do they still fit, when do they go again, what is their Message-ID."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from zlib import crc32

from events_app.events.models import Event
from events_app.mail.models import OutboxMessage

HOUR = timedelta(hours=1)
FIRST_WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 30, 60, 120))
LONG_WAIT, GIVE_UP_AFTER = 4 * HOUR, 72 * HOUR
LONG_WAITS = (GIVE_UP_AFTER - sum(FIRST_WAITS, timedelta())) // LONG_WAIT
USUAL_WAITS = FIRST_WAITS + (LONG_WAIT,) * LONG_WAITS
FULL_MAILBOX_WAITS = (8 * HOUR, 8 * HOUR)
JITTER = 0.2

DOUBT_WAIT = timedelta(minutes=2)

DOWN_WAITS = tuple(timedelta(minutes=m) for m in (1, 2, 5))
MISCONFIGURED_WAIT = timedelta(minutes=30)


def message_id_for(dedupe_key: str, secret: str, host: str) -> str:
    """Return the Message-ID of a letter: the same whenever it is derived, unguessable without the secret."""
    digest = hmac.new(secret.encode(), dedupe_key.encode(), sha256).hexdigest()
    return f"<{digest[:40]}@{host}>"


def still_fits(message: OutboxMessage, event: Event | None) -> bool:
    """Return whether the event is still when, where on the clock, and what the letter says."""
    agreed = (message.event_start, message.event_zone, message.event_status)
    if agreed == (None, None, None):
        return True
    if event is None:
        return False
    current = (event.local_start_text(), event.time_zone, event.status)
    return all(was is None or was == now for was, now in zip(agreed, current, strict=True))


def retry_at(message: OutboxMessage, now: datetime, waits: tuple[timedelta, ...] = USUAL_WAITS) -> datetime | None:
    """Return when a letter that was tried `attempts` times goes again; None when it is given up.

    The limit is the sum of the waits, so hours in which the relay was down do not count.
    """
    if message.attempts > len(waits):
        return None
    return now + waits[max(message.attempts, 1) - 1] * _jitter(message)


def doubt_ends_at(message: OutboxMessage, now: datetime) -> datetime:
    """Return when a letter in doubt is decided: after two minutes, later if that happened before."""
    return max(now + DOUBT_WAIT, retry_at(message, now) or now)


def relay_retry_at(failures: int, is_misconfigured: bool, now: datetime) -> datetime:
    """Return when a relay that failed `failures` times in a row (at least 1) is tried again."""
    if is_misconfigured:
        return now + MISCONFIGURED_WAIT
    return now + DOWN_WAITS[min(failures, len(DOWN_WAITS)) - 1]


def _jitter(message: OutboxMessage) -> float:
    # Drawn from the letter itself: spread between letters, and the same when computed twice.
    share = crc32(f"{message.message_id}{message.attempts}".encode()) / 2**32
    return 1 - JITTER + 2 * JITTER * share
