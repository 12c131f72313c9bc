"""The letter that carries a one-time sign-in link; its secret is derived when the letter is written."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_app.letters.office import Office, letter_to
from events_app.mail.actions.outbox import NewLetter, enqueue
from events_app.mail.kinds import SIGN_IN_LINK
from events_app.mail.models import OutboxMessage
from events_app.people.actions import issue_sign_in_link
from events_app.people.models import Person, SignInLink
from events_app.people.queries import link_requests, person_who_may_sign_in
from events_app.people.rules import LINK_LIFETIME, is_live_link, link_secret


def answer_link_requests(session: Session, key: str, host: str, now: datetime) -> int:
    """Post a link to everybody who asked for one and may sign in, forget all who asked; return how many letters."""
    posted = 0
    for asked in link_requests(session):
        person = person_who_may_sign_in(session, asked.address, now)
        if person:
            post_sign_in_link(session, person, key, host, now)
            posted += 1
        session.delete(asked)
    session.flush()
    return posted


def post_sign_in_link(session: Session, person: Person, key: str, host: str, now: datetime) -> None:
    """Issue a one-time link for a person and put its letter into the outbox."""
    link, _ = issue_sign_in_link(session, person, key, now)
    letter = NewLetter(
        dedupe_key=f"{SIGN_IN_LINK}:{link.id}",
        letter=SIGN_IN_LINK,
        address=person.email,
        due_at=now,
        expires_at=link.expires_at,
        person_id=person.id,
        facts={"link": link.id},
    )
    enqueue(session, [letter], key, now, host=host)


def write(session: Session, message: OutboxMessage, office: Office, now: datetime) -> bytes | None:
    """Return the letter's bytes; None if the link can no longer be used."""
    link, person = _link(session, message, now), session.get(Person, message.person_id or 0)
    if link is None or person is None:
        return None
    secret = link_secret(office.settings.signing_key, link.id, link.created_at)
    facts = {"address": office.address(f"/sign-in/{secret}"), "minutes": int(LINK_LIFETIME.total_seconds() // 60)}
    return letter_to(person, message, facts, office, now)


def may_go(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether the link can still be used."""
    return _link(session, message, now) is not None


def _link(session: Session, message: OutboxMessage, now: datetime) -> SignInLink | None:
    link = session.get(SignInLink, message.facts["link"])
    return link if link and is_live_link(link, now) else None
