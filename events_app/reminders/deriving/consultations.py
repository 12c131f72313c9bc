"""Letters of date consultations: opened, about to close, objected to, and what they came to; each once."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.rules.table import chair_line
from events_app.mail.actions.outbox import NewLetter
from events_app.mail.kinds import (
    CONSULTATION_AGREED,
    CONSULTATION_CLOSING,
    CONSULTATION_ENDED,
    CONSULTATION_LETTERS,
    CONSULTATION_OBJECTED,
    CONSULTATION_OPENED,
    CONSULTATION_SETTLED,
)
from events_app.mail.models import SUPERSEDED, OutboxMessage
from events_app.people.models import CONTACT_POINT, Person
from events_app.planning.consultations.queries import ended_consultations, unfinished_consultations
from events_app.planning.consultations.rules import (
    AGREED,
    BROKEN,
    OPEN,
    OVERTAKEN,
    SETTLED,
    WITHDRAWN,
    closes_at,
    outcome,
)
from events_app.planning.models import UNOPPOSED, Consultation, Reaction
from events_app.reminders.concerned import contact_points_invited
from events_app.reminders.missing import missing_codes
from events_app.reminders.queries import Audience, audience

LOOK_BACK = timedelta(days=90)


def consultation_letters(session: Session, now: datetime) -> Iterator[NewLetter]:
    """Yield the letters of consultations that are due and not in the outbox; those on a result never expire."""
    found = {c.id: c for c in [*unfinished_consultations(session, now), *ended_consultations(session, now - LOOK_BACK)]}
    if not found:
        return
    who, stored = audience(session, now), _stored(session, found.values())
    for consultation in found.values():
        letters = [*_by_outcome(consultation, who), *_objections(consultation, who)]
        yield from (letter for letter in letters if letter.dedupe_key not in stored)


def _stored(session: Session, consultations: Iterable[Consultation]) -> set[str]:
    """Return the keys of the letters that need no second thought: they are in the outbox, and may not revive."""
    ids = {consultation.event_id for consultation in consultations}
    about = (OutboxMessage.letter.in_(CONSULTATION_LETTERS), OutboxMessage.event_id.in_(ids))
    rows = select(OutboxMessage.dedupe_key).where(*about, OutboxMessage.state != SUPERSEDED)
    return set(session.scalars(rows))


def _by_outcome(consultation: Consultation, who: Audience) -> Iterator[NewLetter]:
    found = outcome(consultation, consultation.event, who.now)
    if found == OPEN:
        yield from _while_open(consultation, who)
    elif found == AGREED:
        yield from _result(CONSULTATION_AGREED, consultation, consultation.expires_at, who)
    elif found == SETTLED and consultation.settled_at:
        yield from _result(CONSULTATION_SETTLED, consultation, consultation.settled_at, who, consultation.settled_by_id)
    elif found in (BROKEN, WITHDRAWN, OVERTAKEN):
        yield from _ended(consultation, who)


def _while_open(consultation: Consultation, who: Audience) -> Iterator[NewLetter]:
    closes = closes_at(consultation)
    for person, reader in contact_points_invited(consultation.event, who):
        missing = missing_codes(consultation, reader, who.now)
        if person.id != consultation.opened_by_id:
            yield _letter(CONSULTATION_OPENED, consultation, person, consultation.opened_at, consultation.expires_at)
        if closes is not None and closes <= who.now and missing:
            yield _letter(CONSULTATION_CLOSING, consultation, person, closes, consultation.expires_at)


def _objections(consultation: Consultation, who: Audience) -> Iterator[NewLetter]:
    """Yield the letters to the organisers on whatever was said against a proposal, late objections included."""
    for reaction in consultation.reactions:
        if reaction.what != UNOPPOSED and reaction.at > who.now - LOOK_BACK:
            for person in _organisers(consultation, who):
                if person.id != reaction.by_id and _was_there(person, reaction.at):
                    yield _objection(consultation, reaction, person)


def _objection(consultation: Consultation, reaction: Reaction, person: Person) -> NewLetter:
    about = {"reaction": reaction.id}
    return _letter(CONSULTATION_OBJECTED, consultation, person, reaction.at, None, f"{reaction.id}:", about)


def _ended(consultation: Consultation, who: Audience) -> Iterator[NewLetter]:
    """Yield the letters to those who were asked and are asked no more."""
    broken_at = [reaction.at for reaction in consultation.reactions if reaction.breaks]
    at = consultation.withdrawn_at or min(broken_at, default=consultation.event.scheduled_at)
    for person, _ in contact_points_invited(consultation.event, who):
        if person.id != consultation.withdrawn_by_id and _was_there(person, at):
            yield _letter(CONSULTATION_ENDED, consultation, person, at, consultation.event.starts_at)


def _result(
    letter: str, consultation: Consultation, at: datetime, who: Audience, by_id: int | None = None
) -> Iterator[NewLetter]:
    asked = [person for person, _ in contact_points_invited(consultation.event, who)]
    people = {person.id: person for person in [*asked, *_organisers(consultation, who)]}
    for person in people.values():
        if person.id != by_id and _was_there(person, at):
            yield _letter(letter, consultation, person, at, None)


def _organisers(consultation: Consultation, who: Audience) -> list[Person]:
    """Return the secretaries and the contact points of the chair."""
    chairs = set(chair_line(consultation.event, who.partnership).state_codes)
    return [
        person
        for person, reader in who.readers
        if reader.is_secretary or any(code in chairs and role == CONTACT_POINT for code, role in reader.posts)
    ]


def _was_there(person: Person, at: datetime) -> bool:
    """Return whether somebody held a post when something happened: who came later is not told of the past."""
    is_in_office = person.is_secretary or any(post.valid_from <= at.date() for post in person.posts)
    return person.created_at <= at and is_in_office


def _letter(
    letter: str, consultation: Consultation, person: Person, due_at: datetime, expires_at: datetime | None,
    part: str = "", about: dict[str, Any] | None = None,
) -> NewLetter:  # fmt: skip
    return NewLetter(
        dedupe_key=f"{letter}:{consultation.id}:{part}{person.id}",
        letter=letter,
        address=person.email,
        due_at=due_at,
        expires_at=expires_at,
        person_id=person.id,
        event_id=consultation.event_id,
        sequence=consultation.event.sequence,
        facts={"consultation": consultation.id, **(about or {})},
    )
