"""The letters: each gathers its facts and renders its templates; here they are found by name."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_app.letters import (
    about_event,
    answer_missing,
    change_notice,
    delivery_trouble,
    documents_added,
    event_reminder,
    invitation,
    sign_in_link,
    weekly_digest,
)
from events_app.letters.office import Office
from events_app.mail.kinds import (
    ANSWER_MISSING,
    CHANGE_NOTICE,
    DELIVERY_TROUBLE,
    DOCUMENTS_ADDED,
    EVENT_REMINDER,
    INVITATION,
    SIGN_IN_LINK,
    WEEKLY_DIGEST,
)
from events_app.mail.models import OutboxMessage

WRITERS = {
    ANSWER_MISSING: answer_missing.write,
    CHANGE_NOTICE: change_notice.write,
    DOCUMENTS_ADDED: documents_added.write,
    DELIVERY_TROUBLE: delivery_trouble.write,
    EVENT_REMINDER: event_reminder.write,
    INVITATION: invitation.write,
    SIGN_IN_LINK: sign_in_link.write,
    WEEKLY_DIGEST: weekly_digest.write,
}
RULES = {
    ANSWER_MISSING: answer_missing.may_go,
    CHANGE_NOTICE: change_notice.may_go,
    DOCUMENTS_ADDED: documents_added.may_go,
    DELIVERY_TROUBLE: delivery_trouble.may_go,
    EVENT_REMINDER: event_reminder.may_go,
    INVITATION: invitation.may_go,
    SIGN_IN_LINK: sign_in_link.may_go,
    WEEKLY_DIGEST: weekly_digest.may_go,
}
OUTDATED = {
    ANSWER_MISSING: about_event.is_outdated,
    CHANGE_NOTICE: about_event.is_outdated,
    DOCUMENTS_ADDED: about_event.is_outdated,
    EVENT_REMINDER: about_event.is_outdated,
    INVITATION: invitation.is_outdated,
}


def write_letter(session: Session, message: OutboxMessage, office: Office, now: datetime) -> bytes | None:
    """Return the bytes of a letter in its reader's language and zone; None if it may no longer go."""
    return WRITERS[message.letter](session, message, office, now)


def may_go(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether a letter that was written earlier may still go to its reader."""
    return RULES[message.letter](session, message, now)


def is_outdated(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether a letter that was written earlier must be written anew: not all of it still holds."""
    return message.letter in OUTDATED and OUTDATED[message.letter](session, message, now)
