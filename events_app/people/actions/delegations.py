"""Who belongs to which delegation: adding people, giving and ending roles."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from events_app.people.actions.signing_in import sign_out_everywhere
from events_app.people.errors import PersonKnownError, RoleDatesError
from events_app.people.models import Person, Post
from events_app.people.queries import person_by_address
from events_app.people.rules import clean_address, may_sign_in
from events_app.trail.actions import record_deed

DAY = timedelta(days=1)


def add_person(
    session: Session, email: str, name: str, now: datetime, *,
    is_secretary: bool = False, time_zone: str = "Europe/Vienna", by_id: int | None = None,
) -> Person:  # fmt: skip
    """Add a person; raises InvalidAddressError, PersonKnownError."""
    address = clean_address(email)
    if person_by_address(session, address):
        raise PersonKnownError(address)
    person = Person(email=address, name=name, is_secretary=is_secretary, time_zone=time_zone, created_at=now, posts=[])
    session.add(person)
    session.flush()
    record_deed(session, by_id, "add", "person", person.id, now)
    return person


def appoint(
    session: Session, person: Person, state_code: str, role: str, now: datetime, valid_to: date | None = None, *,
    valid_from: date | None = None, by_id: int | None = None,
) -> Post:  # fmt: skip
    """Give a person a role in a delegation, from today unless told otherwise; raises RoleDatesError."""
    first = valid_from or now.date()
    _check_dates(first, valid_to)
    post = Post(person=person, state_code=state_code, role=role, valid_from=first, valid_to=valid_to)
    session.add(post)
    session.flush()
    record_deed(session, by_id, "appoint", "post", post.id, now)
    return post


def change_post(
    session: Session, post: Post, role: str, valid_from: date, valid_to: date | None, now: datetime, *,
    by_id: int | None = None,
) -> None:  # fmt: skip
    """Change a role or its dates; whoever loses the last role is signed out. Raises RoleDatesError."""
    _check_dates(valid_from, valid_to)
    post.role, post.valid_from, post.valid_to = role, valid_from, valid_to
    record_deed(session, by_id, "change", "post", post.id, now)
    _sign_out_if_done(session, post.person, now)


def end_post(session: Session, post: Post, now: datetime, *, by_id: int | None = None) -> None:
    """End a role today, at once; whoever loses the last role is signed out everywhere."""
    yesterday = now.date() - DAY
    post.valid_from, post.valid_to = min(post.valid_from, yesterday), yesterday
    record_deed(session, by_id, "end", "post", post.id, now)
    _sign_out_if_done(session, post.person, now)


def prefer(session: Session, person: Person, language: str, time_zone: str) -> None:
    """Keep the language and the zone in which a person reads."""
    person.language, person.time_zone = language, time_zone
    session.flush()


def _check_dates(valid_from: date, valid_to: date | None) -> None:
    if valid_to and valid_to < valid_from:
        raise RoleDatesError(valid_from, valid_to)


def _sign_out_if_done(session: Session, person: Person, now: datetime) -> None:
    session.flush()
    if not may_sign_in(person, now.date()):
        sign_out_everywhere(session, person.id, now)
