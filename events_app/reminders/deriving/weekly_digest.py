"""Weekly digests: to whom one is due, Monday 08:00 on the reader's clocks, and never an empty one."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.mail.actions.outbox import NewLetter
from events_app.mail.kinds import WEEKLY_DIGEST
from events_app.mail.models import SUPERSEDED, OutboxMessage
from events_app.partnership.queries import partnership
from events_app.people.models import Person
from events_app.people.queries import everybody
from events_app.people.rules import may_sign_in
from events_app.reminders.digest import Subscriber, digest_for, matter_of
from events_app.reminders.digest_week import DigestWeek, week_of
from events_app.reminders.preferences import modes_among, modes_of_readers, wants_digest
from events_app.rights.rules import reader_for


def weekly_digests(session: Session, now: datetime) -> Iterator[NewLetter]:
    """Yield the digests that are due and have something to tell, for everybody who holds a role and wants one."""
    weeks = [(person, week_of(person, now)) for person in everybody(session)]
    due = [(person, week) for person, week in weeks if _is_due(person, week, now)]
    written = _written(session, [_key(person, week) for person, week in due])
    asked = [(person, week) for person, week in due if _key(person, week) not in written]
    if asked:
        yield from _with_something_to_tell(session, asked, now)


def _is_due(person: Person, week: DigestWeek, now: datetime) -> bool:
    """Return whether a digest is worth sending now to somebody who was there when it was due."""
    is_now = week.due_at <= now < week.expires_at and person.created_at <= week.due_at
    return is_now and may_sign_in(person, week.due_at.date()) and may_sign_in(person, now.date())


def _with_something_to_tell(
    session: Session, asked: list[tuple[Person, DigestWeek]], now: datetime
) -> Iterator[NewLetter]:
    modes, matter = modes_of_readers(session), None
    facts = partnership(session)
    for person, week in asked:
        who = Subscriber(person, reader_for(person, facts, now.date()), modes_among(modes, person.id), week)
        if wants_digest(who.reader, who.modes):
            matter = matter or matter_of(session, now)
            if not digest_for(who, matter).is_empty:
                yield _letter(person, week)


def _written(session: Session, keys: list[str]) -> set[str]:
    rows = select(OutboxMessage.dedupe_key).where(OutboxMessage.dedupe_key.in_(keys), OutboxMessage.state != SUPERSEDED)
    return set(session.scalars(rows))


def _letter(person: Person, week: DigestWeek) -> NewLetter:
    return NewLetter(
        dedupe_key=_key(person, week),
        letter=WEEKLY_DIGEST,
        address=person.email,
        due_at=week.due_at,
        expires_at=week.expires_at,
        person_id=person.id,
        facts={"due_at": week.due_at.isoformat()},
    )


def _key(person: Person, week: DigestWeek) -> str:
    return f"{WEEKLY_DIGEST}:{week.name}:{person.id}"
