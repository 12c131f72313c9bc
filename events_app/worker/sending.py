"""Sending one letter: write it, note that it goes, hand it over, note what became of it."""

import logging
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.mail.actions import begin_data, mark, mark_failed, mark_postponed, pause_relay, supersede
from events_app.mail.models import DOWN, MISCONFIGURED, OutboxMessage
from events_app.mail.outcomes import Delivered, Doubtful, Misconfigured, Outcome, RelayDown, Trouble
from events_app.mail.queries import claimed_letter, letter_to_mark
from events_app.mail.rules import NOT_ALLOWED, misfit
from events_app.shared.errors import DomainError

if TYPE_CHECKING:
    from events_app.worker.loop import Worker

logger = logging.getLogger(__name__)


def send_letter(worker: "Worker", letter_id: int, tally: Counter[str]) -> bool:
    """Send one claimed letter; return whether the relay can be expected to take the next one."""
    with worker.watch():
        trouble = worker.post.open()
        if trouble is not None:
            _pause(worker, trouble)
            return False
        letter = _written(worker, letter_id, tally)
        if letter is None:
            return True
        outcome = _posted(worker, *letter)
    worker.unmarked[letter_id] = outcome
    _mark(worker, letter_id, tally)
    return not isinstance(outcome, RelayDown | Misconfigured)


def mark_leftovers(worker: "Worker", tally: Counter[str]) -> None:
    """Note what became of letters of an earlier pass whose marking broke."""
    for letter_id in list(worker.unmarked):
        _mark(worker, letter_id, tally)


def _written(worker: "Worker", letter_id: int, tally: Counter[str]) -> tuple[str, bytes] | None:
    try:
        with worker.step() as (session, now):
            message = claimed_letter(session, letter_id, worker.lock.owner)
            if message is None:
                return None
            rendered = _rendered(worker, session, message, now)
            if rendered is None:
                event = session.get(Event, message.event_id or 0)
                supersede(session, message, now, misfit(message, event) or NOT_ALLOWED)
                message.rendered = None  # if the letter may go again one day, it is written anew
                return None
            return message.address, begin_data(session, message, rendered, now)
    except Exception as error:
        logger.exception("letter %s could not be written", letter_id)
        _set_aside(worker, letter_id, error)
        tally["failed"] += 1
        return None


def _rendered(worker: "Worker", session: Session, message: OutboxMessage, now: datetime) -> bytes | None:
    """Return a letter's bytes, those frozen at its first attempt if they may still be read; None if it may not go."""
    if message.rendered and not worker.may_go(session, message, now):
        return None
    if message.rendered and worker.is_outdated(session, message, now):
        # Under the same Message-ID: should the first bytes have arrived after all, mail programs show one of them.
        message.rendered = None
    return message.rendered or worker.write(session, message, now)


def _set_aside(worker: "Worker", letter_id: int, error: Exception) -> None:
    with worker.step() as (session, now):
        message = claimed_letter(session, letter_id, worker.lock.owner)
        if message is not None:
            # A refusal of the domain stays one; anything else may be repaired before the letter is given up.
            give_up = mark_failed if isinstance(error, DomainError) else mark_postponed
            give_up(session, message, f"{type(error).__name__}: {error}", now)


def _posted(worker: "Worker", address: str, rendered: bytes) -> Outcome:
    try:
        return worker.post.send(address, rendered)
    except Exception as error:
        logger.exception("the post broke on a letter")
        return Doubtful(f"{type(error).__name__}: {error}")


def _mark(worker: "Worker", letter_id: int, tally: Counter[str]) -> None:
    outcome = worker.unmarked[letter_id]
    with worker.step() as (session, now):
        message = letter_to_mark(session, letter_id)
        # Delivered is delivered, even if the letter was meanwhile taken away from this worker.
        if message and (message.owner == worker.lock.owner or isinstance(outcome, Delivered)):
            mark(session, message, outcome, now)
            tally.update(_counted(outcome))
    del worker.unmarked[letter_id]


def _counted(outcome: Outcome) -> list[str]:
    match outcome:
        case Delivered():
            return ["sent"]
        case Doubtful():
            return ["in_doubt"]
        case RelayDown():
            return []
    return ["failed"]


def _pause(worker: "Worker", trouble: Trouble) -> None:
    logger.warning("the mail server cannot be used: %s", trouble.reply)
    reason = MISCONFIGURED if isinstance(trouble, Misconfigured) else DOWN
    with worker.step() as (session, now):
        pause_relay(session, reason, trouble.reply, now)
