"""Silent subscribers: whose calendar program has not asked since a close event changed is told by mail."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from events_app.events.models import Event, EventChange
from events_app.events.queries import changes_of
from events_app.feeds.entries import modified_at
from events_app.feeds.silent import SilentSubscriber, silent_subscribers
from events_app.mail.actions.outbox import NewLetter
from events_app.mail.kinds import CHANGE_NOTICE
from events_app.mail.models import OutboxMessage
from events_app.reminders.changes import WAIT, differing, values_before, values_of
from events_app.reminders.concerned import knew, people_to_tell
from events_app.reminders.deriving.change_notices import change_notice
from events_app.reminders.models import ChangeNotice
from events_app.reminders.queries import Audience, audience
from events_app.rights.models import Reader
from events_app.rights.rules import reader_for


def silent_notices(session: Session, now: datetime) -> Iterator[NewLetter]:
    """Yield a letter to each silent subscriber whom no notice tells; a program has ten minutes to ask by itself."""
    silent = [found for found in silent_subscribers(session, now) if found.event.modified_at <= now - WAIT]
    if not silent:
        return
    who = audience(session, now)
    by_event = {found.event.id: found.event for found in silent}
    told = {key: _told_anyway(session, event, who) for key, event in by_event.items()}
    histories = {key: changes_of(session, key) for key in by_event}
    for found in silent:
        reader = reader_for(found.person, who.partnership, now.date())
        if found.person.id not in told[found.event.id]:
            yield from _letter_to(found, reader, histories[found.event.id], now)


def _letter_to(
    found: SilentSubscriber, reader: Reader, history: Iterable[EventChange], now: datetime
) -> Iterator[NewLetter]:
    event, fetched_at, changed_at = found.event, found.link.fetched_at, modified_at(found.event, reader)
    was = values_before(event, (change for change in history if fetched_at is None or change.at > fetched_at))
    if changed_at > now - WAIT or not differing(was, values_of(event)) or not knew(reader, event, was, now):
        return
    facts = {"was": was, "note": "", "notice": None}
    yield change_notice(event, found.person, f"silent-{changed_at:%Y%m%dT%H%M%S%f}", facts, changed_at + WAIT)


def _told_anyway(session: Session, event: Event, who: Audience) -> set[int]:
    """Return whom a notice of the event as it stands has told, or will once it is due."""
    told = select(OutboxMessage.person_id, OutboxMessage.facts).where(
        OutboxMessage.letter == CHANGE_NOTICE, OutboxMessage.event_id == event.id,
        OutboxMessage.sequence == event.sequence,
    )  # fmt: skip
    people = {person_id for person_id, facts in session.execute(told) if person_id and facts["notice"]}
    # The letters of a notice that fell due in this very pass are not in the outbox yet.
    is_open = or_(ChangeNotice.derived_at.is_(None), ChangeNotice.derived_at >= who.now)
    for notice in session.scalars(select(ChangeNotice).where(ChangeNotice.event_id == event.id, is_open)):
        people |= {person.id for person, _ in people_to_tell(event, notice.was, who, notice.by_id)}
    return people
