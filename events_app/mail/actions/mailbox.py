"""Noting how the mailbox is to which answers come."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from events_app.mail.models import MailboxState
from events_app.mail.rules import relay_retry_at

ONLY_ROW = 1
REPLY_LENGTH = 500


def note_mailbox_trouble(session: Session, reply: str, now: datetime) -> MailboxState:
    """Note that the mailbox cannot be read; it is tried again after the waits of a relay that is down."""
    state = session.get(MailboxState, ONLY_ROW, with_for_update=True)
    if state is None:
        state = MailboxState(id=ONLY_ROW, failing_since=now, failures=0)
        session.add(state)
    state.failures += 1
    state.reply = reply[:REPLY_LENGTH]
    state.retry_at = relay_retry_at(state.failures, is_misconfigured=False, now=now)
    session.flush()
    return state


def note_mailbox_works(session: Session) -> None:
    """Note that the mailbox was read."""
    session.execute(delete(MailboxState))
