"""What an adopted plan is news of: events that are new in it, or on other dates than in the plan before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from events_app.events.models import CONFIRMED, PROPOSED, Event
from events_app.events.queries import events
from events_app.events.rules.table import invited_codes
from events_app.people.models import CONTACT_POINT
from events_app.planning.models import PlanVersion
from events_app.planning.plan_versions import AdoptedDate, difference
from events_app.planning.queries.plans import version_before
from events_app.rights.models import Reader


@dataclass(frozen=True)
class PlanNews:
    """An event with when it is and when it was (None: it had no date before), in plain values."""

    event: Event
    now_is: Mapping[str, Any]
    was: Mapping[str, Any] | None


def plan_news(session: Session, version: PlanVersion) -> list[PlanNews]:
    """Return what is new in a version against the one before, as far as it still stands so, in order."""
    before = version_before(session, version)
    found = difference(before.plan if before else None, version.plan)
    was = {move.now_is.event_id: move.was.when for move in found.moved}
    dates = {one.event_id: one for one in (*found.added, *(move.now_is for move in found.moved))}
    rows = session.scalars(events().where(Event.id.in_(dates), Event.ends_at > version.adopted_at))
    told = [(event, dates[event.id]) for event in rows]
    return [PlanNews(it, one.when, was.get(it.id, one.moved_from)) for it, one in told if _stands(it, one)]


def concerning(reader: Reader, news: list[PlanNews]) -> Iterator[PlanNews]:
    """Yield the news of the events to which a contact point's delegation is invited."""
    codes = {code for code, role in reader.posts if role == CONTACT_POINT}
    for one in news if codes else ():
        if not codes.isdisjoint(invited_codes(one.event, reader.partnership)):
            yield one


def _stands(event: Event, one: AdoptedDate) -> bool:
    is_on = (event.starts_on, event.ends_on) == (one.starts_on, one.ends_on)
    return is_on and event.status in (PROPOSED, CONFIRMED)
