"""What a report changes: only one about a letter that we sent, to the very address that it names."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.mail.actions.marking import mark_failed
from events_app.mail.actions.relay import suppress_address
from events_app.mail.incoming import finding as codes
from events_app.mail.incoming.finding import Finding
from events_app.mail.incoming.reports import Failure, Report
from events_app.mail.models import IN_DOUBT, PENDING, SENT, OutboxMessage

# Refused for what it says or who we are, too large, a full mailbox, given up after days: the address is good.
ABOUT_THE_LETTER = ("4.", "5.7.", "5.2.2", "5.2.3", "5.3.4", "5.6.")


def take_report(session: Session, report: Report, now: datetime) -> Finding:
    """Note for the letter and its address what a report says; return what was found."""
    for message in _letters(session, report):
        for failure in report.failures:
            if message.address and message.address.lower() in failure.addresses:
                return Finding(_noted(session, message, failure, now), message.event_id, message.person_id)
    return Finding(codes.UNKNOWN_LETTER)


def _letters(session: Session, report: Report) -> list[OutboxMessage]:
    rows = select(OutboxMessage).where(OutboxMessage.message_id.in_(report.message_ids)).order_by(OutboxMessage.id)
    return list(session.scalars(rows.with_for_update()))


def _noted(session: Session, message: OutboxMessage, failure: Failure, now: datetime) -> str:
    reply = f"{failure.status} {failure.diagnosis}".strip()
    if not failure.is_final:
        message.last_reply = reply
        return codes.DELAYED
    if message.state in (SENT, IN_DOUBT, PENDING):
        mark_failed(session, message, reply, now)
    if failure.status.startswith(ABOUT_THE_LETTER):
        return codes.REFUSED
    suppress_address(session, message.address, reply, now)
    return codes.BOUNCED
