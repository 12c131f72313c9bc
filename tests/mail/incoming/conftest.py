"""What tests of incoming mail ask for: an invitation, replies to it as bytes, and their delivery."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from events_app.events.actions.inviting import invite
from events_app.events.models import Event, Invitation
from events_app.events.queries import answer_of
from events_app.events.rules.inviting import sequence_for
from events_app.mail.answer_address import answer_address
from events_app.mail.incoming import Delivery, Mailroom, raw_mail, take_mail
from events_app.mail.models import IncomingMail
from events_app.people.models import Person

US, KEY, HOST = "partners@calendar.example", "for tests only", "localhost"


@pytest.fixture
def mailroom(tmp_path: Path) -> Mailroom:
    return Mailroom(US, KEY, HOST, tmp_path / "mail-in")


@pytest.fixture
def event(make_event: Callable[..., Event]) -> Event:
    """A confirmed meeting on 2 March 2027, a week ahead."""
    return make_event()


@pytest.fixture
def anna(make_person: Callable[..., Person]) -> Person:
    return make_person("anna", "CH")


@pytest.fixture
def invitation(session: Session, event: Event, anna: Person, clock: Any) -> Invitation:
    [invited] = invite(session, event, [(anna, "CH")], clock.now())
    session.commit()
    return invited


@pytest.fixture
def to_us(invitation: Invitation) -> str:
    """The address that answers the invitation."""
    return answer_address(US, KEY, invitation)


@pytest.fixture
def reply(event: Event, invitation: Invitation, to_us: str, clock: Any) -> Callable[..., bytes]:
    """Build a reply of Anna's that counts, changed so; `lines` are further lines of the VEVENT."""

    def build(partstat: str = "ACCEPTED", **changes: Any) -> bytes:
        values = {
            "to": to_us,
            "attendee": "mailto:anna@delegations.example",
            "uid": event.uid,
            "sequence": sequence_for(event, invitation),
            "dtstamp": clock.now(),
            "method": "REPLY",
            "lines": (),
            "headers": (),
            "sender": "Anna <anna@delegations.example>",
        }
        return reply_bytes(partstat, {**values, **changes})

    return build


@pytest.fixture
def deliver(session: Session, mailroom: Mailroom, clock: Any) -> Callable[..., IncomingMail]:
    """Take a mail as the worker does and commit."""

    def take(content: bytes, *addresses: str) -> IncomingMail:
        incoming = take_mail(session, Delivery(raw_mail(content), addresses), mailroom, clock.now())
        session.commit()
        return incoming

    return take


@pytest.fixture
def answer(session: Session, event: Event) -> Callable[[], str | None]:
    """Return what stands in the answers for Switzerland."""

    def given() -> str | None:
        session.expire_all()
        found = answer_of(session, event.id, "CH")
        return found.answer if found else None

    return given


def calendar_lines(partstat: str, values: dict[str, Any]) -> list[str]:
    stamp: datetime | str = values["dtstamp"]
    return [
        "BEGIN:VCALENDAR",
        "PRODID:-//Example//Calendar 1.0//EN",
        "VERSION:2.0",
        f"METHOD:{values['method']}",
        "BEGIN:VEVENT",
        f"UID:{values['uid']}",
        f"SEQUENCE:{values['sequence']}",
        f"DTSTAMP:{stamp if isinstance(stamp, str) else f'{stamp:%Y%m%dT%H%M%SZ}'}",
        "DTSTART:20270302T090000Z",
        f"ORGANIZER:mailto:{values['to']}",
        f"ATTENDEE;PARTSTAT={partstat}:{values['attendee']}",
        *values["lines"],
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def reply_bytes(partstat: str, values: dict[str, Any]) -> bytes:
    head = [
        f"From: {values['sender']}",
        f"To: {values['to']}",
        "Subject: Accepted: Contact Group",
        "Message-ID: <reply@delegations.example>",
        *values["headers"],
        "MIME-Version: 1.0",
        f'Content-Type: text/calendar; charset="utf-8"; method={values["method"]}',
    ]
    return "\r\n".join([*head, "", *calendar_lines(partstat, values), ""]).encode()
