"""Notices of changes: once a sitting is over, those concerned are told what was and what is."""

from collections.abc import Iterator
from datetime import datetime
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
from events_app.reminders.missed import LOOK_BACK, untold_since
from events_app.reminders.models import ChangeNotice
from events_app.reminders.queries import Audience, audience, latest_notice
from events_app.reminders.told import told_already


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
    if event is None or not may_be_told(session, event, who.now):
        return
    told, since = told_already(session, event, notice.was, notice.note), untold_since(session, event, who.now)
    for person, _ in people_to_tell(event, notice.was, who, notice.by_id):
        was = since.get(person.id, notice.was)
        is_asked = person.id not in told and (only is None or person.id in only)
        if is_asked and differing(was, values_of(event)):
            facts = {"was": was, "note": notice.note, "notice": notice.id}
            yield change_notice(event, person, str(notice.id), facts, notice.due_at)


def _due(session: Session, now: datetime) -> list[ChangeNotice]:
    is_due = (ChangeNotice.derived_at.is_(None), ChangeNotice.due_at <= now)
    return list(session.scalars(select(ChangeNotice).where(*is_due).order_by(ChangeNotice.id)))


def _overtaken(session: Session, now: datetime) -> dict[ChangeNotice, set[int]]:
    """Return the notices of events whose letters dropped out as they changed again, each with who has not been told.

    Where a newer notice of the event is to go anyway, nothing is left to do.
    """
    found: dict[ChangeNotice, set[int]] = {}
    for event in session.scalars(_events_overtaken(now)).all():
        notice = latest_notice(session, event.id)
        if notice is not None and notice.derived_at is not None:
            found[notice] = set(untold_since(session, event, now))
    return found


def _events_overtaken(now: datetime) -> Select[Event]:
    dropped = select(OutboxMessage.id).where(
        OutboxMessage.letter == CHANGE_NOTICE, OutboxMessage.state == SUPERSEDED, OutboxMessage.event_id == Event.id,
        OutboxMessage.sequence < Event.sequence, OutboxMessage.created_at > now - LOOK_BACK,
    )  # fmt: skip
    return select(Event).where(dropped.exists()).order_by(Event.id)
