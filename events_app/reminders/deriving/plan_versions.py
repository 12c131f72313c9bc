"""Letters on adopted plans: one to each contact point invited to an event that is new or has moved."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from events_app.mail.actions.outbox import NewLetter
from events_app.mail.kinds import PLAN_VERSION
from events_app.people.models import Person
from events_app.planning.models import PlanVersion
from events_app.planning.queries.plans import plans_adopted_since
from events_app.reminders.plan_news import concerning, plan_news
from events_app.reminders.queries import audience
from events_app.rights.models import Action
from events_app.rights.rules import may

LOOK_BACK = timedelta(days=7)


def plan_versions_adopted(session: Session, now: datetime) -> Iterator[NewLetter]:
    """Yield the letters of the plans that were adopted in the last week; who adopted one knows it."""
    versions = plans_adopted_since(session, now - LOOK_BACK)
    if not versions:
        return
    who = audience(session, now)
    for version in versions:
        news = plan_news(session, version)
        for person, reader in who.readers:
            is_told = any(may(reader, Action.SEE, one.event, now) for one in concerning(reader, news))
            if is_told and person.id != version.adopted_by_id:
                yield _letter(version, person)


def _letter(version: PlanVersion, person: Person) -> NewLetter:
    return NewLetter(
        dedupe_key=f"{PLAN_VERSION}:{version.id}:{person.id}",
        letter=PLAN_VERSION,
        address=person.email,
        due_at=version.adopted_at,
        expires_at=version.adopted_at + LOOK_BACK,
        person_id=person.id,
        facts={"version": version.id},
    )
