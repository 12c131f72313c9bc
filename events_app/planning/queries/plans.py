"""Reading what a year plan starts from in the calendar, and the plans that were adopted."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import extract, select
from sqlalchemy.orm import Session

from events_app.events.models import CONFIRMED, DRAFT, PROPOSED, Event
from events_app.events.queries import whole_events
from events_app.planning.models import PlanVersion
from events_app.planning.plan_adoption import CalendarDate
from events_app.planning.queries.plan_facts import plan_facts, planned_date
from events_app.planning.year_plan import KINDS, PlanFacts

OPEN = (DRAFT, PROPOSED, CONFIRMED)


@dataclass(frozen=True)
class YearCalendar:
    """The facts of a year as a reader may know them, and its Partner events that stand or may still be moved."""

    facts: PlanFacts
    dates: tuple[CalendarDate, ...]

    @property
    def hosts(self) -> dict[str, str]:
        """The host States of the conferences that may still be moved, by group."""
        movable = [one.date for one in self.dates if not one.is_fixed and one.date.sort.is_conference]
        return {date.sort.groups[0]: date.host for date in movable if date.host}


def year_calendar(session: Session, year: int, sees: Callable[[Event], bool]) -> YearCalendar:
    """Return the calendar of a year for who sees these events; raises PlanYearError.

    Fixed are the events that are confirmed or held, and those on which a no-objection procedure runs.
    """
    facts, events = plan_facts(session, year), [event for event in _events(session, year) if sees(event)]
    known = [(planned_date(event, facts.partnership), event) for event in events]
    dated = [CalendarDate(date, event, _is_fixed(event)) for date, event in known if date]
    of_year = tuple(one for one in dated if one.date.first.year == year)
    earlier = (one.date for one in dated if one.date.first.year < year and one.event.status == CONFIRMED)
    fixed = tuple(one.date for one in of_year if one.is_fixed)
    return YearCalendar(replace(facts, dates=fixed, earlier=tuple(earlier)), of_year)


def plan_versions(session: Session, year: int) -> list[PlanVersion]:
    """Return the adopted plans of a year, the latest first."""
    rows = select(PlanVersion).where(PlanVersion.year == year)
    return list(session.scalars(rows.order_by(PlanVersion.major.desc(), PlanVersion.minor.desc())))


def plan_version(session: Session, year: int, number: tuple[int, int]) -> PlanVersion | None:
    """Return an adopted plan by its number."""
    major, minor = number
    named = (PlanVersion.year == year, PlanVersion.major == major, PlanVersion.minor == minor)
    return session.scalar(select(PlanVersion).where(*named))


def version_before(session: Session, version: PlanVersion) -> PlanVersion | None:
    """Return the adopted plan before one of the same year."""
    number = (version.major, version.minor)
    older = (one for one in plan_versions(session, version.year) if (one.major, one.minor) < number)
    return next(older, None)


def plans_adopted_since(session: Session, at: datetime) -> list[PlanVersion]:
    """Return the plans that were adopted after an instant, in order."""
    return list(session.scalars(select(PlanVersion).where(PlanVersion.adopted_at > at).order_by(PlanVersion.id)))


def _events(session: Session, year: int) -> list[Event]:
    near = extract("year", Event.starts_on).between(year - 1, year)
    found = session.scalars(whole_events().where(Event.kind_key.in_(KINDS), near))
    return [event for event in found if event.status in OPEN]


def _is_fixed(event: Event) -> bool:
    return event.status == CONFIRMED or (event.status == PROPOSED and event.silence_ends_at is not None)
