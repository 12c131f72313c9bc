"""Whether a reply of a calendar program counts, and writing the answer that it gives.

Neither the sender nor what some server says it has checked is believed: only the address it came to, which we alone
can make, and the ATTENDEE.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.actions.attendance import answer_invitation
from events_app.events.errors import AnswersClosedError, InvalidAttendanceError
from events_app.events.models import ATTENDS, ATTENDS_ONLINE, DECLINES, ONLINE, Answer, Event, Invitation
from events_app.events.queries import answer_of, event_by_id
from events_app.events.rules.attendance import AnswerDetails, details_of_answer, offered_answers, takes_answers
from events_app.events.rules.inviting import sequence_for
from events_app.ics.errors import UnreadableCalendarError
from events_app.ics.reading.reply import Reply, read_reply
from events_app.mail.answer_address import is_address_of, number_in_address
from events_app.mail.incoming import finding as codes
from events_app.mail.incoming.contents import Contents
from events_app.mail.incoming.finding import Finding
from events_app.mail.incoming.mailroom import Mailroom
from events_app.mail.incoming.sorting import MOST_CALENDARS, REPLY_METHOD, calendar_content
from events_app.mail.models import IncomingMail
from events_app.people.models import Person
from events_app.rights.queries import reader_of
from events_app.rights.rules import may_answer_for

CLOCKS_DIFFER_BY = timedelta(days=1)
MOST_NUMBERS = 50  # of invitations that one mail may claim to answer
ACCEPTED, DECLINED = "ACCEPTED", "DECLINED"
NO_ANSWERS = {"TENTATIVE": codes.TENTATIVE, "DELEGATED": codes.DELEGATED}


@dataclass(frozen=True)
class Asked:
    """The invitation that a reply came to, with its event and person, and the reply itself."""

    invitation: Invitation
    event: Event
    person: Person
    reply: Reply

    @property
    def attendee(self) -> str:
        """The address that answers."""
        return self.reply.attendees[0][0]

    @property
    def partstat(self) -> str:
        """What it answers."""
        return self.reply.attendees[0][1]


def take_reply(session: Session, mail: Contents, mailroom: Mailroom, now: datetime) -> Finding:
    """Write the answer that a reply gives, if it counts; return what was found."""
    invitation = _invitation(session, mail, mailroom)
    if isinstance(invitation, str):
        return Finding(invitation)
    about = Finding("", invitation.event_id, invitation.person_id, invitation.state_code)
    reply = _reply(mail)
    if isinstance(reply, str):
        return replace(about, outcome=reply)
    event, person = event_by_id(session, invitation.event_id), session.get(Person, invitation.person_id)
    assert event is not None and person is not None
    return replace(about, outcome=_taken(session, Asked(invitation, event, person, reply), now), comment=reply.comment)


def _invitation(session: Session, mail: Contents, mailroom: Mailroom) -> Invitation | str:
    """Return the invitation that is answered, or why there is none; it is locked for this transaction."""
    numbers = {number_in_address(address, mailroom.mail_from) for address in mail.recipients}
    known = sorted(number for number in numbers if number and number < 2**31)[:MOST_NUMBERS]
    rows = session.scalars(select(Invitation).where(Invitation.id.in_(known)).with_for_update())
    found = [invitation for invitation in rows if _is_addressed(invitation, mail, mailroom)]
    if len(found) != 1:
        return codes.SEVERAL_INVITATIONS if found else codes.NO_INVITATION
    return found[0]


def _is_addressed(invitation: Invitation, mail: Contents, mailroom: Mailroom) -> bool:
    return any(is_address_of(to, mailroom.mail_from, mailroom.key, invitation) for to in mail.recipients)


def _reply(mail: Contents) -> Reply | str:
    """Return what all calendar parts of a mail say alike, or why nothing can be taken from them."""
    parts = mail.calendars
    if len(parts) > MOST_CALENDARS:
        return codes.DIFFERING
    try:
        replies = {read_reply(calendar_content(part)) for part in parts}
    except UnreadableCalendarError:
        return codes.UNREADABLE_CALENDAR
    if len(replies) > 1:
        return codes.DIFFERING
    [reply] = replies
    if reply.method != REPLY_METHOD:
        return codes.COUNTER if reply.method == "COUNTER" else codes.NOT_A_REPLY
    return reply


def _taken(session: Session, asked: Asked, now: datetime) -> str:
    for objection, is_raised in OBJECTIONS.items():
        if is_raised(session, asked, now):
            return objection
    if _is_older(session, asked):
        return codes.OLDER
    # A clock that is ahead must not make everything older that is answered until that hour.
    asked.invitation.replied_at = min(asked.reply.dtstamp, now)
    asked.invitation.replied_sequence = asked.reply.sequence
    if asked.partstat in (ACCEPTED, DECLINED):
        return _answered(session, asked, now)
    return NO_ANSWERS.get(asked.partstat, codes.NO_ANSWER)


def _is_older(session: Session, asked: Asked) -> bool:
    """Return whether the delegation has answered since, by mail or on the site."""
    invitation, dtstamp = asked.invitation, asked.reply.dtstamp
    if invitation.replied_at is not None and dtstamp <= invitation.replied_at:
        return True
    given = answer_of(session, asked.event.id, invitation.state_code)
    return given is not None and dtstamp < given.answered_at and not _came_by_mail(session, given)


def _came_by_mail(session: Session, answer: Answer) -> bool:
    # When a mail came in says nothing of when it was written.
    by_mail = (IncomingMail.event_id == answer.event_id, IncomingMail.state_code == answer.state_code)
    same = select(IncomingMail.id).where(*by_mail, IncomingMail.received_at == answer.answered_at)
    return session.scalar(same.where(IncomingMail.outcome == codes.ANSWERED).limit(1)) is not None


def _answered(session: Session, asked: Asked, now: datetime) -> str:
    event, code = asked.event, asked.invitation.state_code
    given = answer_of(session, event.id, code)
    details = replace(details_of_answer(given) if given else AnswerDetails(""), answer=_answer(asked, given))
    try:
        answer_invitation(session, event, code, details, now, asked.person.id)
    except AnswersClosedError:
        return codes.CLOSED
    except InvalidAttendanceError:
        return codes.NOT_INVITED
    return codes.ANSWERED


def _answer(asked: Asked, given: Answer | None) -> str:
    """Return the answer in our words; who comes already, online or in person, goes on to come so."""
    if asked.partstat == DECLINED:
        return DECLINES
    if given and given.answer != DECLINES and given.answer in offered_answers(asked.event):
        return given.answer
    return ATTENDS_ONLINE if asked.event.format == ONLINE else ATTENDS


def _has_no_post(session: Session, asked: Asked, now: datetime) -> bool:
    codes_held = reader_of(session, asked.person, now).state_codes
    return asked.person.removed_at is not None or asked.invitation.state_code not in codes_held


def _is_not_invited(session: Session, asked: Asked, now: datetime) -> bool:
    reader = reader_of(session, asked.person, now)
    return not may_answer_for(reader, asked.invitation.state_code, asked.event, now)


def _sequence(asked: Asked) -> int:
    return sequence_for(asked.event, asked.invitation)


Objection = Callable[[Session, Asked, datetime], bool]
# In the order in which they are raised: what is wrong with the reply before what has become of the event since.
OBJECTIONS: dict[str, Objection] = {
    codes.WITHDRAWN: lambda _, asked, now: asked.invitation.withdrawn_at is not None,
    codes.SEVERAL_ATTENDEES: lambda _, asked, now: len(asked.reply.attendees) != 1,
    codes.OTHER_ATTENDEE: lambda _, asked, now: asked.attendee != asked.person.email.lower(),
    codes.OTHER_EVENT: lambda _, asked, now: asked.reply.uid != asked.event.uid,
    codes.NO_POST: _has_no_post,
    codes.CLOSED: lambda _, asked, now: not takes_answers(asked.event, now),
    codes.NOT_INVITED: _is_not_invited,
    codes.OLD_SEQUENCE: lambda _, asked, now: asked.reply.sequence < _sequence(asked),
    codes.UNKNOWN_SEQUENCE: lambda _, asked, now: asked.reply.sequence > _sequence(asked),
    codes.FROM_THE_FUTURE: lambda _, asked, now: asked.reply.dtstamp > now + CLOCKS_DIFFER_BY,
}
