"""Reading events, always with a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, extract, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from events_app.events.models import (
    CANCELLED,
    PUBLIC,
    Answer,
    ArchiveYear,
    Event,
    EventChange,
    GroupTopic,
    Invitation,
    Kind,
    KindName,
    Lesson,
    Suggestion,
    Topic,
    Venue,
)
from events_app.events.rules.life import COUNTED
from events_app.events.silence import status_in


@dataclass(frozen=True)
class Quota:
    """How many meetings of a group a year has: held, planned in all, and usual."""

    held: int
    planned: int
    usual: int


def events() -> Select[Event]:
    """Return the selection of events in order, with what a row of a list needs."""
    rows = select(Event).order_by(Event.starts_at, Event.id)
    return rows.options(
        joinedload(Event.kind).selectinload(Kind.names),
        joinedload(Event.venue),
        selectinload(Event.groups),
        selectinload(Event.hosts),
    )


def whole_events() -> Select[Event]:
    """Return the selection of events with everything that hangs on them, children and parents included."""
    return events().options(
        selectinload(Event.topics),
        selectinload(Event.agenda),
        selectinload(Event.documents),
        joinedload(Event.parent).options(joinedload(Event.kind), selectinload(Event.groups), selectinload(Event.hosts)),
    )


def event_by_id(session: Session, event_id: int) -> Event | None:
    """Return one event with everything that hangs on it."""
    return session.scalar(whole_events().where(Event.id == event_id).options(selectinload(Event.children)))


def ordinals(session: Session, year: int) -> dict[int, int]:
    """Return {event id: ordinal} of a year's public meetings, confirmed or held; an archive year has none."""
    if session.get(ArchiveYear, year):
        return {}
    counted: dict[tuple[str, tuple[str, ...]], int] = {}
    found: dict[int, int] = {}
    for event in session.scalars(events().where(*_counted_in(session, year), Event.kind.has(is_ordinal=True))):
        of_what = (event.kind_key, event.group_keys)
        counted[of_what] = counted.get(of_what, 0) + 1
        found[event.id] = counted[of_what]
    return found


def quota(session: Session, group_key: str, usual: int, year: int, now: datetime) -> Quota | None:
    """Return how far a group is through a year's public meetings; None for an archive year."""
    if session.get(ArchiveYear, year):
        return None
    meetings = select(func.count()).where(
        *_counted_in(session, year), Event.kind_key == "contact-group-meeting", Event.groups.any(key=group_key)
    )
    held = session.scalar(meetings.where(Event.ends_at <= now)) or 0
    return Quota(held, session.scalar(meetings) or 0, usual)


def changes_of(session: Session, event_id: int) -> list[EventChange]:
    """Return the history of an event, the latest first."""
    rows = select(EventChange).where(EventChange.event_id == event_id).order_by(EventChange.id.desc())
    return list(session.scalars(rows))


def answers_of(session: Session, event_id: int) -> list[Answer]:
    """Return the answers of all delegations to one event."""
    return list(session.scalars(select(Answer).where(Answer.event_id == event_id)))


def answer_of(session: Session, event_id: int, state_code: str) -> Answer | None:
    """Return what one delegation answered."""
    return session.scalar(select(Answer).where(Answer.event_id == event_id, Answer.state_code == state_code))


def invitations_of(session: Session, event_id: int) -> list[Invitation]:
    """Return everybody who was ever invited by mail to an event, the withdrawn included, by delegation."""
    rows = select(Invitation).where(Invitation.event_id == event_id).order_by(Invitation.state_code, Invitation.id)
    return list(session.scalars(rows))


def invitation_of(session: Session, event_id: int, person_id: int) -> Invitation | None:
    """Return the open invitation of a person; None if there is none or it was withdrawn."""
    is_open = (Invitation.event_id == event_id, Invitation.person_id == person_id, Invitation.withdrawn_at.is_(None))
    return session.scalar(select(Invitation).where(*is_open))


def suggestions_of(session: Session, event_id: int) -> list[Suggestion]:
    """Return what delegations suggest for one event, the earliest first."""
    return list(session.scalars(select(Suggestion).where(Suggestion.event_id == event_id).order_by(Suggestion.id)))


def lessons_on(session: Session, event_id: int) -> list[Lesson]:
    """Return what was noted of one event, the earliest first."""
    return list(session.scalars(select(Lesson).where(Lesson.event_id == event_id).order_by(Lesson.id)))


def lessons_of(session: Session, group_key: str, since: date) -> list[tuple[Event, Lesson]]:
    """Return what the events of a group since a day have taught, with these events, the latest first."""
    of_group = (Event.groups.any(key=group_key), Event.starts_on >= since)
    taught = events().where(*of_group, Event.id.in_(select(Lesson.event_id)))
    by_id = {event.id: event for event in session.scalars(taught)}
    rows = session.scalars(select(Lesson).where(Lesson.event_id.in_(by_id)).order_by(Lesson.id))
    return sorted(((by_id[row.event_id], row) for row in rows), key=lambda pair: pair[0].starts_at, reverse=True)


def parent_choices(session: Session, day: date, kind_keys: Iterable[str], chosen_id: int | None = None) -> list[Event]:
    """Return the events within a year of a day that others can stand on the margins of, and the one chosen."""
    near = extract("year", Event.starts_on).between(day.year - 1, day.year + 2)
    able = and_(near, Event.kind_key.in_(list(kind_keys)), Event.status != CANCELLED)
    return list(session.scalars(events().where(or_(able, Event.id == chosen_id))))


def kinds(session: Session) -> list[Kind]:
    """Return all kinds of event, in their order."""
    return list(session.scalars(select(Kind).order_by(Kind.position)))


def kind_names(session: Session) -> list[KindName]:
    """Return all names of kinds."""
    return list(session.scalars(select(KindName)))


def topics(session: Session) -> list[Topic]:
    """Return the OSCE's fields of work."""
    return list(session.scalars(select(Topic).order_by(Topic.position)))


def priorities(session: Session, group_key: str) -> list[GroupTopic]:
    """Return what a group cares about most, in its order."""
    rows = select(GroupTopic).where(GroupTopic.group_key == group_key).order_by(GroupTopic.position)
    return list(session.scalars(rows))


def venues(session: Session) -> list[Venue]:
    """Return the places that events often use."""
    return list(session.scalars(select(Venue).order_by(Venue.position)))


def events_waiting(session: Session, now: datetime) -> list[Event]:
    """Return the drafts, proposals and postponed events that are not over."""
    waiting = events().where(status_in(session).in_(("draft", "proposed", "postponed")), Event.ends_at > now)
    return list(session.scalars(waiting))


def events_depending_on(session: Session, year: int) -> list[Event]:
    """Return the events of the years whose chair may follow from one year of the roster."""
    near = extract("year", Event.starts_on).between(year - 1, year + 1)
    return list(session.scalars(events().where(near, Event.chair_override_code.is_(None))))


def _counted_in(session: Session, year: int) -> tuple[ColumnElement[bool], ...]:
    # Only public events count: all readers see the same numbers, and none tells of what is hidden.
    is_counted = (Event.visibility == PUBLIC, status_in(session).in_(COUNTED))
    return (extract("year", Event.starts_on) == year, *is_counted)
