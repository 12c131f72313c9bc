"""Who knows of a change already: whom a letter of the silent subscribers has told."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.mail.kinds import CHANGE_NOTICE
from events_app.mail.models import EXPIRED, FAILED, SUPERSEDED, OutboxMessage
from events_app.reminders.changes import Values, differing, values_of


def told_already(session: Session, event: Event, was: Values, note: str) -> set[int]:
    """Return the ids of those to whom a notice of what differs since `was` says nothing new.

    They were told as silent subscribers of the event as it stands; a line of the organiser is new to everybody.
    """
    if note:
        return set()
    told = select(OutboxMessage.person_id, OutboxMessage.facts).where(
        OutboxMessage.letter == CHANGE_NOTICE, OutboxMessage.event_id == event.id,
        OutboxMessage.sequence == event.sequence, OutboxMessage.state.not_in((SUPERSEDED, FAILED, EXPIRED)),
    )  # fmt: skip
    now_is = values_of(event)
    news = set(differing(was, now_is))
    letters = [(person_id, facts) for person_id, facts in session.execute(told) if not facts["notice"]]
    return {person_id for person_id, facts in letters if person_id and news <= set(differing(facts["was"], now_is))}
