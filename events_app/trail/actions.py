"""Writing the trail."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_app.trail.models import TrailEntry


def record_deed(
    session: Session, person_id: int | None, verb: str, thing: str, thing_id: object, now: datetime
) -> None:
    """Add one entry to the trail."""
    session.add(TrailEntry(at=now, person_id=person_id, verb=verb, thing=thing, thing_id=str(thing_id)))
