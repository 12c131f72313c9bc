"""Taking a mail that came in: what sort it is, what it changes, and a row that says so; no mail is ever answered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from events_app.ics.plain_text import clean_text
from events_app.mail.incoming import finding as codes
from events_app.mail.incoming.bounces import take_report
from events_app.mail.incoming.contents import Contents, contents_of, message_id_of, sender_of, subject_of
from events_app.mail.incoming.errors import UnreadableMailError
from events_app.mail.incoming.finding import Finding
from events_app.mail.incoming.headers import Headers
from events_app.mail.incoming.keeping import keep_mail
from events_app.mail.incoming.mailroom import Mailroom
from events_app.mail.incoming.parts import head_of
from events_app.mail.incoming.raw import RawMail
from events_app.mail.incoming.replies import take_reply
from events_app.mail.incoming.reports import Report, report_of
from events_app.mail.incoming.sorting import sort_of
from events_app.mail.models import BOUNCE, OTHER, REPLY, UNREADABLE, IncomingMail


@dataclass(frozen=True)
class Delivery:
    """A mail and the addresses to which its server delivered it, as far as it told."""

    mail: RawMail
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Read:
    """What was read of a mail, at least its headers, or why no more was."""

    headers: Headers
    contents: Contents | None
    report: Report | None
    sort: str
    why: str = ""


def take_mail(session: Session, delivery: Delivery, mailroom: Mailroom, now: datetime) -> IncomingMail:
    """Take a mail and return its row; one whose bytes came in before changes nothing."""
    incoming, is_new = _row(session, delivery.mail, now)
    if not is_new:
        return incoming
    read = _read(delivery, mailroom)
    finding = _found(session, read, mailroom, now)
    _note(incoming, read, finding, now)
    if finding.waits:
        incoming.stored_as = keep_mail(mailroom.folder, delivery.mail, now)
    session.flush()
    return incoming


def set_aside(session: Session, delivery: Delivery, mailroom: Mailroom, now: datetime) -> IncomingMail:
    """Keep a mail on which the reading broke, so that a person looks at it and the next one is read."""
    incoming, is_new = _row(session, delivery.mail, now)
    if is_new:
        incoming.stored_as = keep_mail(mailroom.folder, delivery.mail, now)
    return incoming


def _row(session: Session, mail: RawMail, now: datetime) -> tuple[IncomingMail, bool]:
    """Return the row of a mail, and whether it is a new one."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert(IncomingMail) if is_postgresql else sqlite.insert(IncomingMail)
    values = {"digest": mail.digest, "received_at": now, "sort": UNREADABLE, "outcome": codes.BROKE_OFF}
    empty = dict.fromkeys(("message_id", "sender", "subject", "comment", "stored_as"), "")
    statement = insert.values(**values, **empty).on_conflict_do_nothing(index_elements=[IncomingMail.digest])
    new_id = session.scalar(statement.returning(IncomingMail.id))
    return session.scalars(select(IncomingMail).where(IncomingMail.digest == mail.digest)).one(), new_id is not None


def _read(delivery: Delivery, mailroom: Mailroom) -> _Read:
    headers = _headers(delivery.mail)
    if delivery.mail.is_too_large:
        return _Read(headers, None, None, UNREADABLE, codes.TOO_LARGE)
    try:
        contents = contents_of(delivery.mail.content, delivery.addresses)
        report = report_of(contents)
    except UnreadableMailError as error:
        return _Read(headers, None, None, UNREADABLE, error.reason)
    return _Read(headers, contents, report, sort_of(contents, report, mailroom.host))


def _headers(mail: RawMail) -> Headers:
    try:
        return head_of(mail.content)
    except UnreadableMailError:
        return Headers()


def _found(session: Session, read: _Read, mailroom: Mailroom, now: datetime) -> Finding:
    if read.contents is None:
        return Finding(read.why)
    if read.sort == REPLY:
        return take_reply(session, read.contents, mailroom, now)
    if read.sort == BOUNCE and read.report is not None:
        return take_report(session, read.report, now)
    return Finding(codes.TO_READ if read.sort == OTHER else codes.IGNORED)


def _note(incoming: IncomingMail, read: _Read, finding: Finding, now: datetime) -> None:
    incoming.message_id = clean_text(message_id_of(read.headers))
    incoming.sender, incoming.subject = clean_text(sender_of(read.headers)), clean_text(subject_of(read.headers))
    incoming.sort, incoming.outcome, incoming.comment = read.sort, finding.outcome, finding.comment
    incoming.event_id, incoming.person_id = finding.event_id, finding.person_id
    incoming.state_code = finding.state_code
    incoming.settled_at = None if finding.waits else now
