"""The letters: each gathers its facts and renders its templates; here they are found by name."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_app.letters import (
    about_event,
    answer_missing,
    change_notice,
    consultation,
    delivery_trouble,
    documents_added,
    event_reminder,
    invitation,
    plan_version,
    preparation_due,
    sign_in_link,
    weekly_digest,
)
from events_app.letters.office import Office
from events_app.mail.kinds import (
    ANSWER_MISSING,
    CHANGE_NOTICE,
    CONSULTATION_LETTERS,
    DELIVERY_TROUBLE,
    DOCUMENTS_ADDED,
    EVENT_REMINDER,
    INVITATION,
    PLAN_VERSION,
    PREPARATION_DUE,
    SIGN_IN_LINK,
    WEEKLY_DIGEST,
)
from events_app.mail.models import OutboxMessage

WRITERS = {
    ANSWER_MISSING: answer_missing.write,
    CHANGE_NOTICE: change_notice.write,
    **dict.fromkeys(CONSULTATION_LETTERS, consultation.write),
    DOCUMENTS_ADDED: documents_added.write,
    DELIVERY_TROUBLE: delivery_trouble.write,
    EVENT_REMINDER: event_reminder.write,
    INVITATION: invitation.write,
    PLAN_VERSION: plan_version.write,
    PREPARATION_DUE: preparation_due.write,
    SIGN_IN_LINK: sign_in_link.write,
    WEEKLY_DIGEST: weekly_digest.write,
}
RULES = {
    ANSWER_MISSING: answer_missing.may_go,
    CHANGE_NOTICE: change_notice.may_go,
    **dict.fromkeys(CONSULTATION_LETTERS, consultation.may_go),
    DOCUMENTS_ADDED: documents_added.may_go,
    DELIVERY_TROUBLE: delivery_trouble.may_go,
    EVENT_REMINDER: event_reminder.may_go,
    INVITATION: invitation.may_go,
    PLAN_VERSION: plan_version.may_go,
    PREPARATION_DUE: preparation_due.may_go,
    SIGN_IN_LINK: sign_in_link.may_go,
    WEEKLY_DIGEST: weekly_digest.may_go,
}
OUTDATED = {
    ANSWER_MISSING: about_event.is_outdated,
    CHANGE_NOTICE: about_event.is_outdated,
    DOCUMENTS_ADDED: about_event.is_outdated,
    EVENT_REMINDER: about_event.is_outdated,
    INVITATION: invitation.is_outdated,
    PLAN_VERSION: plan_version.is_outdated,
    PREPARATION_DUE: preparation_due.is_outdated,
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
