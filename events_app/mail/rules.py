"""Pure questions about letters: do they still fit, when do they go again, what is their Message-ID."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from zlib import crc32

from events_app.events.models import Event
from events_app.mail.kinds import ASKED_FOR
from events_app.mail.models import EXPIRED, FAILED, IN_DOUBT, SENT, STOPPED, OutboxMessage

HOUR = timedelta(hours=1)
FIRST_WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 30, 60, 120))
LONG_WAIT, GIVE_UP_AFTER = 4 * HOUR, 72 * HOUR
LONG_WAITS = (GIVE_UP_AFTER - sum(FIRST_WAITS, timedelta())) // LONG_WAIT
USUAL_WAITS = FIRST_WAITS + (LONG_WAIT,) * LONG_WAITS
FULL_MAILBOX_WAITS = (8 * HOUR, 8 * HOUR)
JITTER = 0.2

DOUBT_WAIT = timedelta(minutes=2)

EVENT_GONE, EVENT_MOVED, EVENT_STATUS = "event-gone", "event-moved", "event-status"
NOT_ALLOWED, NOT_IN_RULES = "not-allowed", "not-in-rules"

GOES_AGAIN = (FAILED, EXPIRED, STOPPED, IN_DOUBT, SENT)
NOT_NOW, FORGOTTEN, SUPPRESSED, OUTDATED, OVER = "not-now", "forgotten", "suppressed", "outdated", "over"

DOWN_WAITS = tuple(timedelta(minutes=m) for m in (1, 2, 5))
MISCONFIGURED_WAIT = timedelta(minutes=30)


def message_id_for(dedupe_key: str, secret: str, host: str) -> str:
    """Return the Message-ID of a letter: the same whenever it is derived, unguessable without the secret."""
    digest = hmac.new(secret.encode(), dedupe_key.encode(), sha256).hexdigest()
    return f"<{digest[:40]}@{host}>"


def digest_key(dedupe_key: str, due_at: datetime, restored_at: datetime | None) -> str:
    """Return what the Message-ID of a letter is made of.

    After a restoration numbers are given out a second time; a letter that became due later must not pass in mail
    programs for the one that bore the same key in the days that are lost.
    """
    if restored_at is None or due_at <= restored_at:
        return dedupe_key
    return f"{dedupe_key} after {restored_at.isoformat()}"


def misfit(message: OutboxMessage, event: Event | None) -> str:
    """Return why a letter no longer fits its event: it is gone, was moved, has another status; empty if it fits."""
    if (message.event_start, message.event_zone, message.event_status) == (None, None, None):
        return ""
    if event is None:
        return EVENT_GONE
    place_in_time = (message.event_start, event.local_start_text()), (message.event_zone, event.time_zone)
    if any(was is not None and was != is_now for was, is_now in place_in_time):
        return EVENT_MOVED
    return EVENT_STATUS if message.event_status not in (None, event.status) else ""


def why_not_again(message: OutboxMessage, event: Event | None, is_suppressed: bool, now: datetime) -> str:
    """Return why nobody can send this letter again, as a code; empty if it may go."""
    if message.state not in GOES_AGAIN:
        return NOT_NOW
    if not message.address:
        return FORGOTTEN
    if is_suppressed and message.letter not in ASKED_FOR:
        return SUPPRESSED
    if misfit(message, event):
        return OUTDATED
    return OVER if _time_left_until(message, event, now) == now else ""


def is_perhaps_there(message: OutboxMessage) -> bool:
    """Return whether the reader may have this letter already."""
    return message.state in (SENT, IN_DOUBT, STOPPED)


def expires_again_at(message: OutboxMessage, event: Event | None, now: datetime) -> datetime | None:
    """Return until when a letter that is sent again is worth sending: as before, or else until its event begins."""
    return None if message.expires_at is None else _time_left_until(message, event, now)


def _time_left_until(message: OutboxMessage, event: Event | None, now: datetime) -> datetime | None:
    if message.expires_at is None or message.expires_at > now:
        return message.expires_at
    return max(now, event.starts_at) if event else now


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
