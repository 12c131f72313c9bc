"""What is open in the preparation of events, and whose it is, by the rights of now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from events_app.events.models import Event, Kind
from events_app.events.queries import events
from events_app.events.rules.table import chair_line
from events_app.events.silence import status_in
from events_app.people.models import CONTACT_POINT, Person
from events_app.reminders.models import PreparationStep
from events_app.reminders.preparation.rules import ALIVE, Step, day_in_vienna, is_told_on, steps_of
from events_app.reminders.queries import Audience, audience
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may

# A year of working days with its holidays; what nobody ticked for a season is shown on the event's page only.
FARTHEST = timedelta(days=400)
OVERDUE_FOR = timedelta(days=90)


@dataclass(frozen=True)
class OpenStep:
    """A step that is still to be done, with its event."""

    event: Event
    step: Step


def steps_of_event(session: Session, event: Event) -> list[Step]:
    """Return the steps of one event in the order of their days, the dropped ones included."""
    return steps_of(event, rows_of_events(session, [event.id])[event.id])


def open_steps_of(session: Session, event: Event) -> list[Step]:
    """Return what is still to be done for one event, in the order of days."""
    return [step for step in steps_of_event(session, event) if step.is_open]


def open_steps(session: Session, now: datetime) -> list[OpenStep]:
    """Return what is still to be done for all proposed and confirmed events, in the order of days.

    What is overdue for more than 90 days is left out. A constant number of queries.
    """
    today = day_in_vienna(now)
    found = list(session.scalars(_events_prepared(session, today)))
    rows = rows_of_events(session, [event.id for event in found])
    steps = [OpenStep(event, step) for event in found for step in steps_of(event, rows[event.id]) if step.is_open]
    shown = [one for one in steps if one.step.due_on >= today - OVERDUE_FOR]
    return sorted(shown, key=lambda one: (one.step.due_on, one.event.starts_at, one.event.id))


def steps_by_person(session: Session, now: datetime) -> list[tuple[Person, list[OpenStep]]]:
    """Return everybody who has something to do, with that: what is assigned to them, and what is assigned to nobody.

    Whoever no longer organises an event has nothing to do for it: a step assigned to them is everybody's again.
    """
    found = open_steps(session, now)
    return shared_out(found, audience(session, now)) if found else []


def shared_out(found: Iterable[OpenStep], who: Audience) -> list[tuple[Person, list[OpenStep]]]:
    """Return whose these steps are, person by person."""
    people: dict[int, Person] = {}
    steps: dict[int, list[OpenStep]] = defaultdict(list)
    organising: dict[int, list[Person]] = {}
    for one in found:
        organisers = organising.setdefault(one.event.id, organisers_of(one.event, who))
        own = [person for person in organisers if person.id == one.step.assigned_to_id]
        for person in own or organisers:
            people[person.id] = person
            steps[person.id].append(one)
    return [(people[person_id], steps[person_id]) for person_id in sorted(people)]


def steps_to_tell(session: Session, day: date, now: datetime) -> list[tuple[Person, list[OpenStep]]]:
    """Return of what the letters of a day speak, person by person."""
    found = [one for one in open_steps(session, now) if is_told_on(one.step, day)]
    return shared_out(found, audience(session, now)) if found else []


def organisers_of(event: Event, who: Audience) -> list[Person]:
    """Return who prepares an event: secretaries and contact points of its chair, as far as they may edit it now."""
    chairs = set(chair_line(event, who.partnership).state_codes)
    return [
        person
        for person, reader in who.readers
        if (reader.is_secretary or _schedules_for(reader, chairs)) and may(reader, Action.EDIT, event, who.now)
    ]


def rows_of_events(session: Session, event_ids: Sequence[int]) -> Mapping[int, list[PreparationStep]]:
    """Return what differs from the kinds' steps, by event."""
    found: dict[int, list[PreparationStep]] = defaultdict(list)
    rows = select(PreparationStep).where(PreparationStep.event_id.in_(event_ids)).order_by(PreparationStep.id)
    for row in session.scalars(rows):
        found[row.event_id].append(row)
    return found


def _events_prepared(session: Session, today: date) -> Select[Event]:
    """Return the selection of events that are near, have steps and were not over when they were entered."""
    kinds = [key for key, steps in session.execute(select(Kind.key, Kind.steps)) if steps]
    has_steps = or_(Event.kind_key.in_(kinds), Event.id.in_(select(PreparationStep.event_id)))
    is_near = (Event.starts_on <= today + FARTHEST, Event.ends_on >= today - FARTHEST - OVERDUE_FOR)
    return events().where(has_steps, *is_near, status_in(session).in_(ALIVE), Event.ends_at > Event.created_at)


def _schedules_for(reader: Reader, codes: set[str]) -> bool:
    return any(role == CONTACT_POINT and code in codes for code, role in reader.posts)
