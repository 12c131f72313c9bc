"""Adopting a year plan: its dates become proposed events, and the plan a numbered version, all or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event, create_event
from events_app.events.models import DRAFT, Event
from events_app.events.rules.agenda import moved_by
from events_app.events.rules.details import WHEN_FIELDS, EventDetails, details_of
from events_app.events.rules.life import PROPOSE
from events_app.partnership.rules import Partnership
from events_app.planning.actions.clashes import accept_clashes
from events_app.planning.clashes.queries import clashes_of
from events_app.planning.clashes.slot import slot_of
from events_app.planning.errors import NothingToAdoptError, PastDateError, PlanChangedError
from events_app.planning.models import PlanVersion
from events_app.planning.plan_adoption import KEEP, Placement, digest_of, past_dates, sort_of
from events_app.planning.plan_versions import ASKED, EVENTS, RULES, difference, next_number, number_text
from events_app.planning.queries.plans import plan_versions
from events_app.planning.year_plan import PlannedEvent, Sort, YearPlan, event_document, plan_document
from events_app.trail.actions import record_deed


@dataclass(frozen=True)
class Adoption:
    """A plan to be adopted: its placements, the rules it keeps, what was asked, and a line on it.

    `digest` is that of the placements which the reader saw; `reason` says under a number why clashes are accepted.
    """

    plan: YearPlan
    placed: list[Placement]
    rules: Mapping[str, Any]
    asked: Mapping[str, Any]
    digest: str
    reason: Callable[[str], str]
    note: str = ""


def adopt(
    session: Session, adoption: Adoption, usual: Callable[[Sort], EventDetails], host: str, now: datetime, *,
    facts: Partnership, person_id: int | None,
) -> PlanVersion:  # fmt: skip
    """Create, move and propose events as planned, and keep the plan as a version; `usual` are details of new events.

    Nobody is told singly. Raises PlanChangedError, PastDateError, NothingToAdoptError, InvalidEventError.
    """
    if digest_of(adoption.placed) != adoption.digest:
        raise PlanChangedError
    if past := past_dates(adoption.placed, now.date()):
        raise PastDateError(past)
    last = next(iter(plan_versions(session, adoption.plan.year)), None)
    number = number_text(*next_number(last, adoption.rules))
    entries = []
    for placed in adoption.placed:
        was = _when(placed.event) if placed.event else None
        event = _placed(session, placed, usual, host, now, facts, person_id)
        entries.append(_entry(placed.planned, event, was))
    if last and _is_same(last, entries, adoption):
        raise NothingToAdoptError(last.number)
    version = _version(session, adoption, last, entries, now, person_id)
    _accept(session, adoption, entries, adoption.reason(number), now, facts, person_id)
    record_deed(session, person_id, "adopt-plan", "plan", f"{version.year}/{version.number}", now)
    session.flush()
    return version


def details_on(stands: EventDetails, planned: PlannedEvent) -> EventDetails:
    """Return details of an event on its planned date: its length stays, agenda and day for answers move along."""
    step = planned.starts_on - stands.starts_on
    answer_by = stands.answer_by
    moved = replace(
        stands,
        starts_on=planned.starts_on,
        ends_on=stands.ends_on + step,
        answer_by=answer_by + step if answer_by else None,
        agenda=moved_by(stands.agenda, step),
    )
    return _hosted(moved, planned.host) if planned.host else moved


def new_details(usual: EventDetails, planned: PlannedEvent) -> EventDetails:
    """Return the details of an event that is to be created for a planned date."""
    return replace(usual, starts_on=planned.starts_on, ends_on=planned.ends_on, host_code=planned.host)


def _placed(
    session: Session, placed: Placement, usual: Callable[[Sort], EventDetails], host: str, now: datetime,
    facts: Partnership, person_id: int | None,
) -> Event:  # fmt: skip
    """Return the event of a placement, where and as it is planned."""
    event = placed.event
    if event is None:
        details = new_details(usual(sort_of(placed.planned)), placed.planned)
        event = create_event(session, details, host, now, person_id=person_id, facts=facts)
    elif not placed.is_fixed:
        details = details_on(details_of(event), placed.planned)
        change_event(session, event, details, event.version, now, person_id=person_id, facts=facts)
    if event.status == DRAFT:
        take_step(session, event, PROPOSE, now, person_id=person_id)
    return event


def _version(
    session: Session, adoption: Adoption, last: PlanVersion | None, entries: list[dict[str, Any]], now: datetime,
    person_id: int | None,
) -> PlanVersion:  # fmt: skip
    """Store the version; one that somebody else stored under the number at the same time wins."""
    major, minor = next_number(last, adoption.rules)
    document = plan_document(adoption.plan)
    document |= {EVENTS: entries, RULES: dict(adoption.rules), ASKED: dict(adoption.asked)}
    version = PlanVersion(
        year=adoption.plan.year, major=major, minor=minor, note=adoption.note, plan=document, adopted_at=now,
        adopted_by_id=person_id,
    )  # fmt: skip
    session.add(version)
    try:
        session.flush()
    except IntegrityError as error:
        raise PlanChangedError from error
    return version


def _accept(
    session: Session, adoption: Adoption, entries: list[dict[str, Any]], reason: str, now: datetime,
    facts: Partnership, person_id: int | None,
) -> None:  # fmt: skip
    """Accept what stands in the way of the events that were created or moved."""
    for placed, entry in zip(adoption.placed, entries, strict=True):
        if placed.deed != KEEP:
            event = session.get_one(Event, entry["event_id"])
            keys = [clash.key for clash in clashes_of(session, slot_of(event, facts), facts)]
            accept_clashes(session, event, keys, reason, now, person_id=person_id)


def _is_same(last: PlanVersion, entries: list[dict[str, Any]], adoption: Adoption) -> bool:
    """Return whether the last version has the same rules and dates, and nothing was to be done."""
    is_idle = last.plan[RULES] == adoption.rules and all(one.deed == KEEP for one in adoption.placed)
    return is_idle and difference(last.plan, {EVENTS: entries}).is_empty


def _entry(planned: PlannedEvent, event: Event, was: dict[str, Any] | None) -> dict[str, Any]:
    when = _when(event)
    document = event_document(planned) | {"end": event.ends_on.isoformat(), "event_id": event.id, "when": when}
    return document | {"moved_from": was if was != when else None}


def _when(event: Event) -> dict[str, Any]:
    """Return when an event takes place in values that JSON can hold."""
    values = {name: getattr(event, name) for name in WHEN_FIELDS}
    return {name: it.isoformat() if isinstance(it, (date, time)) else it for name, it in values.items()}


def _hosted(details: EventDetails, host: str) -> EventDetails:
    others = tuple(code for code in details.co_host_codes if code != host)
    return replace(details, host_code=host, co_host_codes=others)
