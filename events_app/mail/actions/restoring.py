"""Stopping letters after a backup was restored: what the lost days sent is not known any more."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from events_app.mail.kinds import SECRET
from events_app.mail.models import IN_DOUBT, PENDING, SENDING, STOPPED, OutboxMessage, Restoration

RESTORED = "stopped because a backup was restored: it may have been sent before"


def note_restoration(session: Session, taken_at: datetime, now: datetime) -> int:
    """Stop every letter that still was to go, and whatever is derived later but was due by now; return how many."""
    waiting = OutboxMessage.state.in_((PENDING, SENDING, IN_DOUBT))
    values = {"state": STOPPED, "phase": None, "owner": None, "last_reply": RESTORED}
    stopped = cast("CursorResult[Any]", session.execute(update(OutboxMessage).where(waiting).values(values)))
    secret = OutboxMessage.letter.in_(SECRET) & (OutboxMessage.state == STOPPED)
    session.execute(update(OutboxMessage).where(secret).values(rendered=None))
    session.add(Restoration(taken_at=taken_at, restored_at=now))
    session.flush()
    return stopped.rowcount
