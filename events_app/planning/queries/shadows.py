"""Reading shadows: for planning, and for the page that lists them."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from events_app.planning.models import Shadow, ShadowCalendar


def shadows_between(session: Session, first: date, last: date) -> list[Shadow]:
    """Return the shadows that touch a span of days (each in its own zone), in order, with their calendars."""
    rows = select(Shadow).where(Shadow.starts_on <= last, Shadow.ends_on >= first)
    return list(session.scalars(rows.order_by(Shadow.starts_on, Shadow.id).options(joinedload(Shadow.calendar))))


def shadow_calendars(session: Session) -> list[ShadowCalendar]:
    """Return the calendars of other bodies by name, with what they hold."""
    rows = select(ShadowCalendar).order_by(ShadowCalendar.name).options(selectinload(ShadowCalendar.shadows))
    return list(session.scalars(rows))


def shadow_calendar_named(session: Session, name: str) -> ShadowCalendar | None:
    """Return the calendar of a name, with what it holds."""
    rows = select(ShadowCalendar).where(ShadowCalendar.name == name).options(selectinload(ShadowCalendar.shadows))
    return session.scalar(rows)
