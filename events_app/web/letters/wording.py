"""What became of a letter in one sentence, why somebody has none, why one cannot go again."""

from datetime import datetime

from events_app.mail.actions.restoring import RESTORED
from events_app.mail.ledger import LedgerEntry
from events_app.mail.models import EXPIRED, FAILED, PENDING, STOPPED, SUPERSEDED, OutboxMessage, RelayState
from events_app.mail.replies import SUPPRESSED_REPLY
from events_app.reminders.absences import Absence
from events_app.web.access import now
from events_app.web.context import language, reader_zone, say
from events_app.words.dates import instant_text

SHORT = 60

STORIES = {
    "sent": "The mail server took it.",
    "ahead": "Not sent yet: it is due on {at}.",
    "next": "Not sent yet: it goes with the next pass of the worker.",
    "tried": "Not sent yet: the mail server did not take it on {at}: {reply} · again on {again}",
    "paused": "Not sent yet: since {at} nothing can be handed to the mail server: {reply}",
    "sending": "It is being sent.",
    "in-doubt": "Perhaps sent: nobody knows whether the mail server took it on {at}: {reply}",
    "marked": "Not sent: the address was refused on {at}: {reply}",
    "failed": "Not sent: it was given up on {at}: {reply}",
    "expired": "Not sent: by {at} it was too late.",
    "expired-tried": "Not sent: by {at} it was too late; the mail server had said: {reply}",
    "stopped": "Waits for a secretary: nobody knows whether the mail server took it on {at}: {reply}",
    "restored": "Waits for a secretary: a backup was restored, and it may have been sent before.",
    "event-gone": "Not sent: the event is gone.",
    "event-moved": "Not sent: the event was moved before.",
    "event-status": "Not sent: the status of the event had changed before.",
    "not-allowed": "Not sent: its reader may no longer see this.",
    "not-in-rules": "Not sent: the days of reminders were changed before.",
    "superseded": "Not sent: it was no longer needed.",
}
ABSENCES = {
    "not-confirmed": "No letter: the event is not confirmed.",
    "no-reminders": "No letter: there are no reminders of this event for this role.",
    "no-role": "No letter: not a contact point of an invited delegation today.",
    "no-sight": "No letter: may not see the event.",
    "declined": "No letter: wants none.",
    "digest": "No letter: reads it in the weekly digest.",
    "marked": "No letter: the address is marked as dead since {at}.",
    "changed-it": "No letter: whoever changes an event is not told.",
    "new-to-it": "No letter: could not see the event as it was.",
    "taken-back": "No letter: nothing differs any more.",
    "not-yet": "None yet: due on {at}.",
    "too-late": "No letter: the date or the role was settled after the last one was due.",
}
OBSTACLES = {
    "not-now": "This letter is not one that can be sent again: it waits already, or is no longer needed.",
    "forgotten": "The address of this letter was forgotten: it is too old.",
    "suppressed": "The address is marked as dead. Clear the mark first, on the page of the person's letters.",
    "outdated": "The event was changed since. What is due now makes letters of its own.",
    "over": "It is too late for this letter.",
}


def story(entry: LedgerEntry, relay: RelayState | None, is_short: bool) -> str:
    """Return what became of a letter; `is_short` cuts what the server said."""
    message = entry.message
    code, at, reply = _told(entry, relay)
    said = f"{reply[:SHORT].rstrip()}…" if is_short and len(reply) > SHORT else reply
    return say(STORIES[code], at=instant(at), reply=said, again=instant(message.next_attempt_at))


def absence_text(absence: Absence) -> str:
    """Return why somebody has no letter."""
    return say(ABSENCES[absence.why], at=instant(absence.at or now()))


def obstacle_text(reason: str) -> str:
    """Return why a letter cannot be sent again."""
    return say(OBSTACLES[reason])


def instant(at: datetime) -> str:
    """Return an instant in the reader's zone."""
    return instant_text(at, reader_zone(), language())


def _told(entry: LedgerEntry, relay: RelayState | None) -> tuple[str, datetime, str]:
    """Return the code of the sentence, the instant it names, and what the server said."""
    message, tried_at = entry.message, entry.tried_at or entry.message.next_attempt_at
    if message.state == PENDING:
        return _waiting(message, tried_at, relay)
    if message.state == FAILED:
        return _given_up(entry, tried_at)
    if message.state == EXPIRED:
        code = "expired-tried" if message.last_reply else "expired"
        return code, message.expires_at or message.due_at, message.last_reply
    if message.state == SUPERSEDED:
        return message.facts.get("why") or "superseded", tried_at, ""
    is_restored = message.state == STOPPED and message.last_reply == RESTORED
    return "restored" if is_restored else message.state, tried_at, message.last_reply


def _waiting(message: OutboxMessage, tried_at: datetime, relay: RelayState | None) -> tuple[str, datetime, str]:
    if message.next_attempt_at > now() and message.attempts:
        return "tried", tried_at, message.last_reply
    if message.next_attempt_at > now():
        return "ahead", message.next_attempt_at, ""
    return ("paused", relay.paused_at, relay.reply) if relay else ("next", now(), "")


def _given_up(entry: LedgerEntry, tried_at: datetime) -> tuple[str, datetime, str]:
    reply = entry.message.last_reply
    if not reply.startswith(SUPPRESSED_REPLY):
        return "failed", tried_at, reply
    said = reply.removeprefix(SUPPRESSED_REPLY).removeprefix(": ")
    return "marked", entry.suppressed.since if entry.suppressed else tried_at, said
