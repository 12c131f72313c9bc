"""Reading what a year plan is made from."""

from datetime import date

from sqlalchemy import extract, select
from sqlalchemy.orm import Session, selectinload

from events_app.dates.spans import Span, year_span
from events_app.events.models import HOST, Event
from events_app.events.rules.life import COUNTED
from events_app.events.silence import status_in
from events_app.partnership.queries import partnership
from events_app.partnership.rules import Partnership
from events_app.planning.queries.holidays import holiday_table
from events_app.planning.year_plan.facts import (
    CONFERENCE,
    JOINT_MEETING,
    KINDS,
    PlanFacts,
    PlannedDate,
    Sort,
    checked_plan_year,
)

MINISTERIAL_COUNCIL = "ministerial-council"


def plan_facts(session: Session, year: int) -> PlanFacts:
    """Return the facts of a year, with what the calendar holds of it; raises PlanYearError."""
    first, last = year_span(checked_plan_year(year))
    facts, found = partnership(session), _events(session, year)
    return PlanFacts(
        year=year,
        partnership=facts,
        holidays=holiday_table(session, first, last),
        dates=_dates(found, year, facts),
        earlier=_dates(found, year - 1, facts),
        council=_council(found, year),
    )


def _events(session: Session, year: int) -> list[Event]:
    """Return the Partner events and Ministerial Councils of a year and the one before, confirmed or held."""
    rows = select(Event).where(
        Event.kind_key.in_((*KINDS, MINISTERIAL_COUNCIL)),
        extract("year", Event.starts_on).between(year - 1, year),
        status_in(session).in_(COUNTED),
    )
    loading = selectinload(Event.groups), selectinload(Event.hosts)
    return list(session.scalars(rows.order_by(Event.starts_on, Event.id).options(*loading)))


def _dates(events: list[Event], year: int, facts: Partnership) -> tuple[PlannedDate, ...]:
    found = (planned_date(event, facts) for event in events if event.starts_on.year == year)
    return tuple(one for one in found if one)


def planned_date(event: Event, facts: Partnership) -> PlannedDate | None:
    """Return the date of an event that a plan knows; None for the Council, and for a conference of no one group."""
    count = len(facts.groups) if event.kind_key == JOINT_MEETING else 1
    if event.kind_key not in KINDS or len(event.group_keys) != count:
        return None
    sort, is_conference = Sort(event.kind_key, event.group_keys), event.kind_key == CONFERENCE
    host = next((host.state_code for host in event.hosts if host.role == HOST), None) if is_conference else None
    return PlannedDate(sort, event.starts_on, event.ends_on if is_conference else event.starts_on, host)


def _council(events: list[Event], year: int) -> tuple[Span, ...]:
    days: list[tuple[date, date]] = [(it.starts_on, it.ends_on) for it in events if it.kind_key == MINISTERIAL_COUNCIL]
    return tuple(span for span in days if span[0].year == year)
