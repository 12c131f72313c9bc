"""Reading the trail."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.trail.models import TrailEntry

PAGE = 100


@dataclass(frozen=True)
class TrailSearch:
    """What is looked for; None or empty where anything will do. Entries older than `before_id` are shown."""

    person_id: int | None = None
    verb: str = ""
    thing: str = ""
    thing_id: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before_id: int | None = None


def entries(session: Session, wanted: TrailSearch) -> list[TrailEntry]:
    """Return a page of the trail, the latest first."""
    found = select(TrailEntry).order_by(TrailEntry.id.desc()).limit(PAGE)
    exact = {"person_id": wanted.person_id, "verb": wanted.verb, "thing": wanted.thing, "thing_id": wanted.thing_id}
    found = found.filter_by(**{name: value for name, value in exact.items() if value})
    if wanted.since:
        found = found.where(TrailEntry.at >= wanted.since)
    if wanted.until:
        found = found.where(TrailEntry.at < wanted.until)
    if wanted.before_id:
        found = found.where(TrailEntry.id < wanted.before_id)
    return list(session.scalars(found))


def words_in_use(session: Session) -> tuple[list[str], list[str]]:
    """Return the verbs and the things that the trail speaks of."""
    verbs = session.scalars(select(TrailEntry.verb).distinct().order_by(TrailEntry.verb))
    things = session.scalars(select(TrailEntry.thing).distinct().order_by(TrailEntry.thing))
    return list(verbs), list(things)
