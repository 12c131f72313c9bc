"""The letter that tells secretaries that letters do not reach their readers."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_app.letters.office import Office, letter_to
from events_app.mail.models import OutboxMessage
from events_app.people.models import Person
from events_app.words.letters import failure_name


def write(session: Session, message: OutboxMessage, office: Office, now: datetime) -> bytes | None:
    """Return the letter's bytes; None if the reader is no longer a secretary."""
    person = _secretary(session, message)
    if person is None:
        return None
    failures = message.facts["failures"]
    facts = {
        "failed": sum(failures.values()),
        "failures": [(failure_name(sort, person.language), count) for sort, count in sorted(failures.items())],
        "stopped": message.facts["stopped"],
        "address": office.address("/desk"),
    }
    return letter_to(person, message, facts, office, now)


def may_go(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether the reader is still a secretary."""
    return _secretary(session, message) is not None


def _secretary(session: Session, message: OutboxMessage) -> Person | None:
    person = session.get(Person, message.person_id or 0)
    return person if person and person.is_secretary and person.removed_at is None else None
