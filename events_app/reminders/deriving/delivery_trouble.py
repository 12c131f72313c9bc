"""Letters to secretaries when letters have not reached their readers for more than an hour: at most one a day."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from events_app.mail.actions.outbox import NewLetter
from events_app.mail.kinds import DELIVERY_TROUBLE
from events_app.mail.models import STOPPED, OutboxMessage
from events_app.mail.queries import failures_by_sort, relay_state
from events_app.people.models import Person
from events_app.people.queries import secretaries

PATIENCE = timedelta(hours=1)
WORTH_KNOWING = timedelta(days=1)


def delivery_trouble(session: Session, now: datetime) -> Iterator[NewLetter]:
    """Yield a letter to each secretary if letters failed, or wait for a person, since more than an hour.

    While the relay is paused nothing could go anyway; that these letters themselves fail is no reason for more of them.
    """
    if relay_state(session) is not None:
        return
    failures, stopped = _failures(session, now), _stopped(session, now)
    if failures or stopped:
        for person in secretaries(session):
            yield _letter(person, {"failures": failures, "stopped": stopped}, now)


def _failures(session: Session, now: datetime) -> dict[str, int]:
    """Return the failures whose hour was over today, by sort: each failure belongs to one day."""
    midnight = datetime.combine(now.date(), time(), now.tzinfo)
    return failures_by_sort(session, midnight - PATIENCE, now - PATIENCE, but=DELIVERY_TROUBLE)


def _stopped(session: Session, now: datetime) -> int:
    """Return how many letters wait, stopped, though they were due an hour ago, and could still go."""
    waiting = (OutboxMessage.state == STOPPED, OutboxMessage.next_attempt_at <= now - PATIENCE)
    in_time = or_(OutboxMessage.expires_at.is_(None), OutboxMessage.expires_at > now)
    return session.scalar(select(func.count()).where(*waiting, in_time, OutboxMessage.letter != DELIVERY_TROUBLE)) or 0


def _letter(person: Person, facts: dict[str, object], now: datetime) -> NewLetter:
    return NewLetter(
        dedupe_key=f"{DELIVERY_TROUBLE}:{now.date()}:{person.id}",
        letter=DELIVERY_TROUBLE,
        address=person.email,
        due_at=now,
        expires_at=now + WORTH_KNOWING,
        person_id=person.id,
        facts=facts,
    )
