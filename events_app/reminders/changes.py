"""Changes of an event that are to be told by mail: what was, what differs, and the notice that gathers a sitting."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_app.events.models import DRAFT, Event, EventChange, Invitation
from events_app.events.rules.details import PLACE_FIELDS, WHEN_FIELDS, details_of
from events_app.events.rules.life import is_over
from events_app.reminders.models import ChangeNotice
from events_app.trail.actions import record_deed

Values = dict[str, Any]

WAIT, LONGEST_WAIT = timedelta(minutes=10), timedelta(minutes=30)
TITLE_FIELDS = ("kind_key", "group_keys", "theme")
OTHER_FIELDS = (
    "agenda", "description", "joining_link", "host_code", "co_host_codes", "interpretation", "answer_by",
)  # fmt: skip
TOLD_FIELDS = (*WHEN_FIELDS, *PLACE_FIELDS, "status", *TITLE_FIELDS, *OTHER_FIELDS)
SIGHT_FIELDS = ("visibility", "kind_key", "group_keys", "host_code", "co_host_codes")
TOLD, MOVES = frozenset(TOLD_FIELDS), frozenset((*WHEN_FIELDS, *PLACE_FIELDS))


def values_of(event: Event) -> Values:
    """Return what a letter can tell of an event, and who may see it, in values that JSON can hold (as the history)."""
    known = asdict(details_of(event)) | {"status": event.status}
    kept = {name: known[name] for name in (*TOLD_FIELDS, *SIGHT_FIELDS)}
    return cast(Values, json.loads(json.dumps(kept, default=str)))


def values_before(event: Event, changes: Iterable[EventChange]) -> Values:
    """Return what the values of an event were before these entries of its history."""
    values = values_of(event)
    for change in sorted(changes, key=lambda change: change.id, reverse=True):
        values |= {name: was for name, (was, _) in change.fields.items() if name in values}
    return values


def differing(was: Values, now_is: Values) -> tuple[str, ...]:
    """Return the names of what differs, as far as it is told."""
    return tuple(name for name in TOLD_FIELDS if name in was and was[name] != now_is[name])


def may_be_told(session: Session, event: Event, now: datetime) -> bool:
    """Return whether anybody outside counts on an event: it was published or sent out, is no draft and is not over."""
    if event.status == DRAFT or is_over(event, now):
        return False
    invited = select(Invitation.id).where(Invitation.event_id == event.id, Invitation.withdrawn_at.is_(None))
    return event.published_at is not None or session.scalar(invited.limit(1)) is not None


def is_usually_told(event: Event, changed: Iterable[str]) -> bool:
    """Return whether a change of these fields is told unless somebody says otherwise: a move of what was published."""
    return event.published_at is not None and not MOVES.isdisjoint(changed)


def open_notice(
    session: Session, event: Event, was: Values, by_id: int | None, now: datetime, note: str = ""
) -> ChangeNotice:
    """Open the notice of a change, or join the one that is open: it keeps what was and waits again, not for ever.

    Whoever changed the event is not told; where several did, all are.
    """
    # Whoever presses the button twice queues up at the event, so that one notice is opened.
    session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
    notice = notice_waiting(session, event.id)
    if notice is None:
        notice = ChangeNotice(event_id=event.id, by_id=by_id, opened_at=now, due_at=now + WAIT, was=was, note=note)
        session.add(notice)
    else:
        notice.due_at = due_if_told(notice, now)
        notice.by_id = by_id if notice.by_id == by_id else None
        notice.note = note or notice.note
    record_deed(session, by_id, "tell", "event", event.id, now)
    session.flush()
    return notice


def close_quietly(
    session: Session, event: Event, by_id: int | None, now: datetime, since: datetime | None = None
) -> None:
    """Take back the open notice, or (`since`) only one that was opened by a change then or later."""
    notice = notice_waiting(session, event.id)
    if notice is not None and (since is None or notice.opened_at >= since):
        session.delete(notice)
        record_deed(session, by_id, "keep-quiet", "event", event.id, now)
    session.flush()


def due_if_told(notice: ChangeNotice | None, now: datetime) -> datetime:
    """Return when a notice goes if somebody tells of a change now; None: no notice is open."""
    if notice is None:
        return now + WAIT
    return max(notice.due_at, min(now + WAIT, notice.opened_at + LONGEST_WAIT))


def notice_waiting(session: Session, event_id: int) -> ChangeNotice | None:
    """Return the notice of an event that is open."""
    is_open = (ChangeNotice.event_id == event_id, ChangeNotice.derived_at.is_(None))
    return session.scalar(select(ChangeNotice).where(*is_open).order_by(ChangeNotice.id))


def last_told_at(session: Session, event_id: int) -> datetime | None:
    """Return when a change of an event was last put into letters."""
    told = select(ChangeNotice.derived_at).where(
        ChangeNotice.event_id == event_id, ChangeNotice.derived_at.is_not(None)
    )
    return session.scalar(told.order_by(ChangeNotice.derived_at.desc()).limit(1))


def latest_change_id(session: Session, event_id: int) -> int | None:
    """Return the id of the newest entry in the history of an event."""
    return session.scalar(select(func.max(EventChange.id)).where(EventChange.event_id == event_id))


def untold_changes(session: Session, event_id: int, first_id: int | None = None) -> list[EventChange]:
    """Return the entries of the history from one on (none: the latest that is told) of which no letter told."""
    told_at = last_told_at(session, event_id)
    rows = select(EventChange).where(EventChange.event_id == event_id).order_by(EventChange.id.desc())
    if told_at is not None:
        rows = rows.where(EventChange.at > told_at)
    changes = [change for change in session.scalars(rows) if not TOLD.isdisjoint(change.fields)]
    return [change for change in changes if change.id >= first_id] if first_id else changes[:1]
