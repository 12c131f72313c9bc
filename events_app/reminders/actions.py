"""Keeping how somebody wants each letter."""

from collections.abc import Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from events_app.events.models import Invitation
from events_app.mail.kinds import CHANGE_NOTICE, DECLINABLE
from events_app.mail.models import PENDING, SUPERSEDED, OutboxMessage
from events_app.people.models import Person
from events_app.reminders.errors import InvalidPreferenceError
from events_app.reminders.models import AT_ONCE, MODES, NOT_AT_ALL, LetterPreference


def prefer_letters(session: Session, person_id: int, modes: Mapping[str, str]) -> None:
    """Keep how a person wants these letters: {letter: at once, digest or never}; raises InvalidPreferenceError.

    What waits in the outbox of letters that are no longer wanted singly is not sent, but for the notices that move an
    event in the calendar of who was invited.
    """
    # Two windows of one person queue up here, so that neither writes a row that is there already.
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    for letter, mode in modes.items():
        if letter not in DECLINABLE or mode not in MODES:
            raise InvalidPreferenceError(letter, mode)
        session.merge(LetterPreference(person_id=person_id, letter=letter, mode=mode))
    session.flush()
    _stop_waiting(session, person_id, [letter for letter, mode in modes.items() if mode != AT_ONCE])


def decline(session: Session, person_id: int, letter: str) -> None:
    """Keep that a person does not want a letter at all; raises InvalidPreferenceError."""
    prefer_letters(session, person_id, {letter: NOT_AT_ALL})


def forget_preferences(session: Session, person_id: int) -> None:
    """Forget how a person who was removed wanted letters."""
    session.execute(delete(LetterPreference).where(LetterPreference.person_id == person_id))


def _stop_waiting(session: Session, person_id: int, letters: list[str]) -> None:
    waiting = (OutboxMessage.person_id == person_id, OutboxMessage.letter.in_(letters), OutboxMessage.state == PENDING)
    invited = (Invitation.event_id == OutboxMessage.event_id, Invitation.person_id == person_id)
    invited_by_mail = select(Invitation.id).where(*invited, Invitation.withdrawn_at.is_(None)).exists()
    declined = (*waiting, ~((OutboxMessage.letter == CHANGE_NOTICE) & invited_by_mail))
    session.execute(update(OutboxMessage).where(*declined).values(state=SUPERSEDED, rendered=None))
