"""Whom notices have missed: their letters dropped out, as the event changed again before they went."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.mail.kinds import CHANGE_NOTICE
from events_app.mail.models import PENDING, SUPERSEDED, OutboxMessage
from events_app.reminders.changes import Values

LOOK_BACK = timedelta(days=3)


def untold_since(session: Session, event: Event, now: datetime) -> dict[int, Values]:
    """Return what an event was when those heard of it last whom all notices have missed since: {person id: values}."""
    about = (OutboxMessage.letter == CHANGE_NOTICE, OutboxMessage.event_id == event.id)
    lately = select(OutboxMessage).where(*about, OutboxMessage.created_at > now - LOOK_BACK).order_by(OutboxMessage.id)
    since: dict[int, Values] = {}
    for letter in session.scalars(lately):
        if letter.person_id and _drops_out(letter, event):
            since.setdefault(letter.person_id, letter.facts["was"])
        elif letter.person_id:
            since.pop(letter.person_id, None)
    return since


def _drops_out(letter: OutboxMessage, event: Event) -> bool:
    return letter.state == SUPERSEDED or (letter.state == PENDING and letter.sequence != event.sequence)
