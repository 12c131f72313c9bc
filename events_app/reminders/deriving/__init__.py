"""Deriving letters from facts: what is due now, each letter once."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import chain

from sqlalchemy.orm import Session

from events_app.mail.actions.outbox import NewLetter, enqueue
from events_app.reminders.deriving.answers_missing import answers_missing
from events_app.reminders.deriving.change_notices import change_notices
from events_app.reminders.deriving.consultations import consultation_letters
from events_app.reminders.deriving.delivery_trouble import delivery_trouble
from events_app.reminders.deriving.documents_added import documents_added
from events_app.reminders.deriving.event_reminders import event_reminders
from events_app.reminders.deriving.invitations import invitations
from events_app.reminders.deriving.plan_versions import plan_versions_adopted
from events_app.reminders.deriving.preparation_due import preparation_due
from events_app.reminders.deriving.silent_subscribers import silent_notices
from events_app.reminders.deriving.weekly_digest import weekly_digests
from events_app.reminders.preferences import as_preferred
from events_app.reminders.second_tries import keep_quiet

Source = Callable[[Session, datetime], Iterable[NewLetter]]
SOURCES: tuple[Source, ...] = (
    change_notices,
    silent_notices,
    consultation_letters,
    documents_added,
    event_reminders,
    invitations,
    delivery_trouble,
    answers_missing,
    preparation_due,
    plan_versions_adopted,
    weekly_digests,
)


def derive_letters(session: Session, secret: str, host: str, now: datetime) -> int:
    """Put every letter that is due into the outbox and return how many were new; a repeated pass adds nothing twice.

    Those of which the next try would break their readers' quiet hours are put off.
    """
    keep_quiet(session, now)
    letters = chain.from_iterable(source(session, now) for source in SOURCES)
    return enqueue(session, as_preferred(session, letters, now), secret, now, host=host)
