"""Reading people."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from events_app.people.models import CONTACT_POINT, Person, Post, SignInLink, SignInRequest, SignInSession
from events_app.people.rules import digest_of, is_live_link, is_live_session, may_sign_in


def person_by_address(session: Session, address: str) -> Person | None:
    """Return the person with this (clean) address."""
    return session.scalar(select(Person).where(Person.email == address).options(selectinload(Person.posts)))


def person_who_may_sign_in(session: Session, address: str, now: datetime) -> Person | None:
    """Return the person with this (clean) address if any role is held now."""
    person = person_by_address(session, address)
    return person if person and may_sign_in(person, now.date()) else None


def live_link(session: Session, secret: str, now: datetime) -> SignInLink | None:
    """Return the usable sign-in link with this secret."""
    link = session.scalar(select(SignInLink).where(SignInLink.digest == digest_of(secret)))
    return link if link and is_live_link(link, now) else None


def live_session(session: Session, secret: str, now: datetime) -> SignInSession | None:
    """Return the live session with this secret."""
    found = session.scalar(select(SignInSession).where(SignInSession.digest == digest_of(secret)))
    return found if found and is_live_session(found, now) else None


def person_of_session(session: Session, found: SignInSession, now: datetime) -> Person | None:
    """Return who is signed in there, if a role is still held."""
    person = session.get(Person, found.person_id, options=[selectinload(Person.posts)])
    return person if person and may_sign_in(person, now.date()) else None


def secretaries(session: Session) -> list[Person]:
    """Return the Section's people, by id."""
    return list(session.scalars(select(Person).where(Person.is_secretary).order_by(Person.id)))


def contact_points(session: Session, codes: Iterable[str], day: date) -> list[Person]:
    """Return the contact points of these States on a day, by id."""
    held = select(Post.person_id).where(Post.role == CONTACT_POINT, Post.state_code.in_(list(codes)), posts_held(day))
    people = select(Person).where(Person.id.in_(held)).options(selectinload(Person.posts)).order_by(Person.id)
    return list(session.scalars(people))


def posts_held(day: date) -> ColumnElement[bool]:
    """Return the condition that a post is held on a day."""
    return (Post.valid_from <= day) & or_(Post.valid_to.is_(None), Post.valid_to >= day)


def people_of(session: Session, state_code: str) -> list[Post]:
    """Return all posts of a delegation with their people, those who are still in office first."""
    rows = select(Post).where(Post.state_code == state_code).options(joinedload(Post.person).selectinload(Person.posts))
    return list(session.scalars(rows.order_by(Post.valid_to.is_not(None), Post.valid_to.desc(), Post.id)))


def everybody(session: Session) -> list[Person]:
    """Return everybody who was not removed, with their posts, by name."""
    rows = select(Person).where(Person.removed_at.is_(None)).options(selectinload(Person.posts))
    return list(session.scalars(rows.order_by(func.lower(Person.name), Person.id)))


def sessions_of(session: Session, person_id: int, now: datetime) -> list[SignInSession]:
    """Return the live sessions of a person, the one seen last first."""
    rows = select(SignInSession).where(SignInSession.person_id == person_id, SignInSession.ended_at.is_(None))
    return [
        found
        for found in session.scalars(rows.order_by(SignInSession.last_seen_at.desc()))
        if is_live_session(found, now)
    ]


def link_requests(session: Session) -> list[SignInRequest]:
    """Return who asked for a link and has not been answered, in order."""
    return list(session.scalars(select(SignInRequest).order_by(SignInRequest.id)))


def names_by_id(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of persons by id."""
    wanted = {person_id for person_id in ids if person_id is not None}
    if not wanted:
        return {}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row.id: row.name for row in rows}
