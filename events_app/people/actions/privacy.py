"""Removing a person, and forgetting what is no longer needed."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from events_app.people.models import Person, Post, SignInLink, SignInRequest, SignInSession
from events_app.people.rules import SESSION_IDLE, SESSION_LIFETIME, new_secret
from events_app.trail.actions import record_deed

NOBODY = "removed.example"


def remove_person(session: Session, person: Person, now: datetime, *, by_id: int | None = None) -> None:
    """Drop everything personal about somebody; the row stays without a name, so that records keep their ids.

    Letters, answers and other things that name the person are blanked by `letters` and `events`.
    """
    for table in (Post, SignInLink, SignInSession):
        session.execute(delete(table).where(table.person_id == person.id))
    session.execute(delete(SignInRequest).where(SignInRequest.address == person.email))
    person.email, person.name, person.is_secretary = f"{new_secret().lower()}@{NOBODY}", "", False
    person.quiet_from, person.quiet_until, person.lead_days = None, None, []
    person.removed_at = now
    record_deed(session, by_id, "remove", "person", person.id, now)
    session.flush()
    session.refresh(person)


def forget_sign_ins(session: Session, keep: timedelta, now: datetime) -> int:
    """Delete links and sessions that ended longer ago than `keep`; return how many."""
    limit = now - keep
    links = delete(SignInLink).where(SignInLink.expires_at < limit)
    idle, old = limit - SESSION_IDLE, limit - SESSION_LIFETIME
    ended = or_(SignInSession.ended_at < limit, SignInSession.last_seen_at < idle, SignInSession.created_at < old)
    counts = [session.execute(statement).rowcount for statement in (links, delete(SignInSession).where(ended))]  # type: ignore[attr-defined]
    return int(sum(counts))
