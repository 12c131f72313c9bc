"""Asking for a link, using it up, keeping and ending sessions."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from events_app.people.errors import DeadLinkError
from events_app.people.models import Person, SignInLink, SignInRequest, SignInSession
from events_app.people.queries import live_link, live_session
from events_app.people.rules import LINK_LIFETIME, digest_of, link_secret, new_secret
from events_app.trail.actions import record_deed


def ask_for_link(session: Session, address: str, now: datetime) -> None:
    """Note that somebody asked for a link; the same work for every (clean) address, known or not."""
    session.add(SignInRequest(address=address, asked_at=now))
    session.flush()


def issue_sign_in_link(session: Session, person: Person, key: str, now: datetime) -> tuple[SignInLink, str]:
    """Add a one-time link for a person and return it with its secret, derived from the signing key."""
    link = SignInLink(person_id=person.id, digest=new_secret(), created_at=now, expires_at=now + LINK_LIFETIME)
    session.add(link)
    session.flush()
    secret = link_secret(key, link.id, now)
    link.digest = digest_of(secret)
    record_deed(session, person.id, "ask-sign-in", "sign_in_link", link.id, now)
    session.flush()
    return link, secret


def sign_in(session: Session, secret: str, now: datetime, *, program: str = "") -> tuple[SignInSession, str]:
    """Use a link up and return a new session with its secret; raises DeadLinkError."""
    link = live_link(session, secret, now)
    if link is None or not _use_up(session, link, now):
        raise DeadLinkError
    return begin_session(session, link.person_id, now, program=program)


def begin_session(session: Session, person_id: int, now: datetime, *, program: str = "") -> tuple[SignInSession, str]:
    """Return a new session of a person with its secret; `program` names the browser for the person's own list."""
    secret = new_secret()
    row = SignInSession(
        person_id=person_id, digest=digest_of(secret), created_at=now, last_seen_at=now, program=program[:60]
    )
    session.add(row)
    session.flush()
    record_deed(session, person_id, "sign-in", "sign_in_session", row.id, now)
    return row, secret


def note_presence(session: Session, session_id: int, now: datetime) -> None:
    """Keep a session from going idle."""
    seen = update(SignInSession).where(SignInSession.id == session_id, SignInSession.last_seen_at < now)
    session.execute(seen.values(last_seen_at=now))


def sign_out(session: Session, secret: str, now: datetime) -> None:
    """End the session with this secret."""
    found = live_session(session, secret, now)
    if found:
        found.ended_at = now
        record_deed(session, found.person_id, "sign-out", "sign_in_session", found.id, now)
        session.flush()


def sign_out_everywhere(session: Session, person_id: int, now: datetime) -> None:
    """End all sessions of a person."""
    open_sessions = update(SignInSession).where(SignInSession.person_id == person_id, SignInSession.ended_at.is_(None))
    session.execute(open_sessions.values(ended_at=now))
    record_deed(session, person_id, "sign-out-everywhere", "person", person_id, now)
    session.flush()


def _use_up(session: Session, link: SignInLink, now: datetime) -> bool:
    """Mark a link used; False if somebody else did so first."""
    unused = update(SignInLink).where(SignInLink.id == link.id, SignInLink.used_at.is_(None))
    return session.execute(unused.values(used_at=now)).rowcount == 1  # type: ignore[attr-defined, no-any-return]
