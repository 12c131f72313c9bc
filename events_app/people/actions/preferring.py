"""How a person wants to be written to: on which days before an event, and not at which hours."""

from collections.abc import Iterable
from datetime import time

from sqlalchemy.orm import Session

from events_app.people.models import Person
from events_app.people.rules import check_quiet_hours


def prefer_times(
    session: Session, person: Person, lead_days: Iterable[int], quiet_from: time | None, quiet_until: time | None
) -> None:
    """Keep a person's own lead times (none: as the rules say) and quiet hours (None: none); raises QuietHoursError."""
    check_quiet_hours(quiet_from, quiet_until)
    person.lead_days = list(lead_days)
    person.quiet_from, person.quiet_until = quiet_from, quiet_until
    session.flush()
