"""Points of an agenda and the days of their event."""

from dataclasses import replace
from datetime import date, timedelta

from events_app.events.rules.details import AgendaPoint, EventDetails


def moved_along(
    points: tuple[AgendaPoint, ...], base: EventDetails, first: date, last: date
) -> tuple[AgendaPoint, ...]:
    """Return points moved with an event that lasts as long as before; where somebody entered other days, these stay."""
    is_moved = first != base.starts_on and last - first == base.ends_on - base.starts_on
    if not is_moved or [point.held_on for point in points] != [point.held_on for point in base.agenda]:
        return points
    return moved_by(points, first - base.starts_on)


def moved_by(points: tuple[AgendaPoint, ...], step: timedelta) -> tuple[AgendaPoint, ...]:
    """Return points so much later, or earlier."""
    return tuple(replace(point, held_on=point.held_on + step) for point in points)
