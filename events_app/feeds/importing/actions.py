"""Doing what a plan says, with the same actions as the pages: history, trail and sequence follow."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event, create_event
from events_app.events.models import Event
from events_app.feeds.importing.names import Names
from events_app.feeds.importing.permission import drafted_for
from events_app.feeds.importing.plan import Change, Importer, Plan


def apply_plan(session: Session, plan: Plan, names: Names, importer: Importer, now: datetime) -> list[Event]:
    """Write every change of a plan that was made in the same transaction, and return their events in its order."""
    events = [_apply(session, change, names, importer, now) for change in plan.changes]
    session.flush()
    return events


def _apply(session: Session, change: Change, names: Names, importer: Importer, now: datetime) -> Event:
    person_id, event = importer.reader.person_id, change.event
    if event is None:
        event = create_event(
            session, change.details, importer.host, now,
            person_id=person_id, for_code=drafted_for(importer.reader), facts=names.facts, uid=change.item.uid or None,
        )  # fmt: skip
    elif change.fields:
        change_event(session, event, change.details, event.version, now, person_id=person_id, facts=names.facts)
    for step in change.steps:
        take_step(session, event, step, now, person_id=person_id)
    return event
