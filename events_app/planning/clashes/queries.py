"""Finding clashes, and those that were accepted, in a constant number of queries."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.models import CANCELLED, POSTPONED, Event, Invitation
from events_app.events.queries import events
from events_app.partnership.rules import Partnership
from events_app.people.models import Person
from events_app.planning.clashes.rules import PERSON, Clash, clashes_between, clashes_with_shadows
from events_app.planning.clashes.slot import Slot, slot_of
from events_app.planning.models import AcceptedClash
from events_app.planning.queries.shadows import shadows_between

DAY = timedelta(days=1)


def clashes_of(session: Session, slot: Slot, facts: Partnership) -> list[Clash]:
    """Return everything in the way of a slot, whoever may see it, by day."""
    around = [(event, slot_of(event, facts)) for event in _around(session, slot)]
    found = [clash for event, other in around for clash in clashes_between(slot, other, event)]
    found += _of_people(session, slot, [event for event, other in around if slot.overlaps(other)])
    found += clashes_with_shadows(slot, shadows_between(session, slot.first_day - DAY, slot.last_day + DAY))
    return sorted(found, key=lambda clash: (clash.day, clash.what))


def accepted_clashes(session: Session, event_id: int) -> dict[str, AcceptedClash]:
    """Return the clashes of an event that somebody accepted, by their keys."""
    rows = select(AcceptedClash).where(AcceptedClash.event_id == event_id)
    return {accepted.clash: accepted for accepted in session.scalars(rows)}


def _around(session: Session, slot: Slot) -> list[Event]:
    """Return the other events that may share a day or an hour with a slot, whatever their zones."""
    is_near = (Event.starts_on <= slot.last_day + DAY, Event.ends_on >= slot.first_day - DAY)
    others = events().where(*is_near, Event.status.not_in((CANCELLED, POSTPONED)), Event.id != (slot.event_id or 0))
    return list(session.scalars(others))


def _of_people(session: Session, slot: Slot, others: list[Event]) -> list[Clash]:
    """Return the events at the same time to which somebody is invited who is invited to this one too."""
    if slot.event_id is None or not others:
        return []
    by_id = {event.id: event for event in others}
    is_open = Invitation.withdrawn_at.is_(None)
    here = select(Invitation.person_id).where(Invitation.event_id == slot.event_id, is_open)
    rows = (
        select(Invitation.event_id, Person.name)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.event_id.in_(by_id), is_open, Invitation.person_id.in_(here))
        .order_by(Person.name)
    )
    names: dict[int, list[str]] = {}
    for event_id, name in session.execute(rows):
        names.setdefault(event_id, []).append(name)
    return [Clash(PERSON, by_id[key].starts_on, by_id[key], names=tuple(found)) for key, found in names.items()]
