"""The letters: each gathers its facts and renders its templates; here they are found by name."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_app.letters import event_reminder, sign_in_link
from events_app.letters.office import Office
from events_app.mail.kinds import EVENT_REMINDER, SIGN_IN_LINK
from events_app.mail.models import OutboxMessage

WRITERS = {EVENT_REMINDER: event_reminder.write, SIGN_IN_LINK: sign_in_link.write}
RULES = {EVENT_REMINDER: event_reminder.may_go, SIGN_IN_LINK: sign_in_link.may_go}


def write_letter(session: Session, message: OutboxMessage, office: Office, now: datetime) -> bytes | None:
    """Return the bytes of a letter in its reader's language and zone; None if it may no longer go."""
    return WRITERS[message.letter](session, message, office, now)


def may_go(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether a letter that was written earlier may still go to its reader."""
    return RULES[message.letter](session, message, now)
