"""Notices of changes: once a sitting is over, those concerned are told what was and what is."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.events.queries import event_by_id
from events_app.mail.actions.outbox import NewLetter
from events_app.mail.kinds import CHANGE_NOTICE
from events_app.mail.models import SUPERSEDED, OutboxMessage
from events_app.people.models import Person
from events_app.reminders.changes import differing, may_be_told, values_of
from events_app.reminders.concerned import people_to_tell
from events_app.reminders.models import ChangeNotice
from events_app.reminders.queries import Audience, audience

LOOK_BACK = timedelta(days=3)


def change_notices(session: Session, now: datetime) -> Iterator[NewLetter]:
    """Yield the letters of every notice that is due, and of those whose event changed again before all had gone."""
    only: dict[ChangeNotice, set[int] | None] = {**dict.fromkeys(_due(session, now)), **_overtaken(session, now)}
    if not only:
        return
    who = audience(session, now)
    for notice, readers in only.items():
        yield from _letters_of(session, notice, readers, who)
        notice.derived_at = notice.derived_at or now


def change_notice(event: Event, person: Person, origin: str, facts: dict[str, Any], due_at: datetime) -> NewLetter:
    """Return the letter that tells a person of a change; `origin` made it due, `facts` hold `was` and `note`."""
    return NewLetter(
        dedupe_key=f"{CHANGE_NOTICE}:{event.id}:{event.sequence}:{origin}:{person.id}",
        letter=CHANGE_NOTICE,
        address=person.email,
        due_at=due_at,
        expires_at=event.ends_at,
        person_id=person.id,
        event_id=event.id,
        sequence=event.sequence,
        event_start=event.local_start_text(),
        event_zone=event.time_zone,
        event_status=event.status,
        facts=facts,
    )


def _letters_of(session: Session, notice: ChangeNotice, only: set[int] | None, who: Audience) -> Iterator[NewLetter]:
    event = event_by_id(session, notice.event_id)
    if event is None or not may_be_told(session, event, who.now) or not differing(notice.was, values_of(event)):
        return
    facts = {"was": notice.was, "note": notice.note, "notice": notice.id}
    for person, _ in people_to_tell(event, notice.was, who, notice.by_id):
        if only is None or person.id in only:
            yield change_notice(event, person, str(notice.id), facts, notice.due_at)


def _due(session: Session, now: datetime) -> list[ChangeNotice]:
    is_due = (ChangeNotice.derived_at.is_(None), ChangeNotice.due_at <= now)
    return list(session.scalars(select(ChangeNotice).where(*is_due).order_by(ChangeNotice.id)))


def _overtaken(session: Session, now: datetime) -> dict[ChangeNotice, set[int]]:
    """Return the notices whose letters dropped out as the event changed again quietly, each with who has not been told.

    Where a newer notice of the event tells it anyway, nothing is left to do.
    """
    found: dict[ChangeNotice, set[int]] = {}
    for event_id in session.scalars(_events_overtaken(now)).all():
        notice = _latest_notice(session, event_id)
        if notice is not None and notice.derived_at is not None:
            found[notice] = _not_told(session, notice)
    return found


def _events_overtaken(now: datetime) -> Select[int]:
    dropped = (OutboxMessage.letter == CHANGE_NOTICE, OutboxMessage.state == SUPERSEDED)
    rows = select(Event.id).distinct().join(OutboxMessage, OutboxMessage.event_id == Event.id).order_by(Event.id)
    return rows.where(*dropped, OutboxMessage.sequence < Event.sequence, OutboxMessage.created_at > now - LOOK_BACK)


def _not_told(session: Session, notice: ChangeNotice) -> set[int]:
    """Return to whom the last letter of a notice has dropped out."""
    rows = select(OutboxMessage.person_id, OutboxMessage.state, OutboxMessage.facts).order_by(OutboxMessage.id)
    letters = session.execute(
        rows.where(OutboxMessage.letter == CHANGE_NOTICE, OutboxMessage.event_id == notice.event_id)
    )
    last = {person_id: state for person_id, state, facts in letters if facts["notice"] == notice.id}
    return {person_id for person_id, state in last.items() if person_id and state == SUPERSEDED}


def _latest_notice(session: Session, event_id: int | None) -> ChangeNotice | None:
    rows = select(ChangeNotice).where(ChangeNotice.event_id == event_id)
    return session.scalar(rows.order_by(ChangeNotice.id.desc()).limit(1))
