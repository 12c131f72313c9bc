"""Creating and changing events. Every change is recorded with what was and what is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.dates.holidays import public_holiday
from events_app.dates.recess import usable_day
from events_app.dates.wall_time import day_bounds, instant_of
from events_app.dates.working_days import SEAT
from events_app.events.actions.modified import is_public, note_changed, note_parent
from events_app.events.errors import InvalidEventError, Problem, StaleEventError
from events_app.events.models import (
    CO_HOST,
    DRAFT,
    HOST,
    PROPOSED,
    AgendaItem,
    Document,
    Event,
    EventChange,
    EventHost,
    Kind,
    Series,
    Topic,
    Venue,
    new_uid,
)
from events_app.events.rules.details import (
    DIRECT_FIELDS,
    PLACE_FIELDS,
    WHEN_FIELDS,
    EventDetails,
    details_of,
    differences,
    problems_of,
)
from events_app.partnership.models import ContactGroup
from events_app.partnership.queries import partnership
from events_app.partnership.rules import Partnership
from events_app.trail.actions import record_deed

SIGHT_FIELDS = (
    "visibility", "kind_key", "group_keys", "host_code", "co_host_codes", "chair_override_code",
)  # fmt: skip
LONGEST_SERIES = 60
LATEST_SERIES_DAYS = 380


def create_event(
    session: Session,
    details: EventDetails,
    host: str,
    now: datetime,
    *,
    person_id: int | None = None,
    for_code: str | None = None,
    series: Series | None = None,
    facts: Partnership | None = None,
    uid: str | None = None,
) -> Event:
    """Add a draft; its UID is made once, under the site's `host`, unless a file brings one. Raises InvalidEventError.

    Whoever adds many events gives the partnership's `facts`, so that they are read once.
    """
    kind = checked_kind(session, details, facts)
    event = Event(
        uid=uid or new_uid(host), sequence=0, status=DRAFT, kind=kind, created_at=now, changed_at=now,
        modified_at=now, scheduled_at=now, drafted_by_id=person_id, drafted_for_code=for_code,
        series_id=series.id if series else None,
    )  # fmt: skip
    session.add(event)
    _write(session, event, details, now)
    session.flush()
    record_change(session, event, "create", person_id, now)
    return event


def change_event(
    session: Session, event: Event, details: EventDetails, version: int, now: datetime, *,
    person_id: int | None = None, facts: Partnership | None = None,
) -> dict[str, list[Any]]:  # fmt: skip
    """Write new details over version `version` of an event and return what differs: {field: [was, is]}.

    Raises StaleEventError if somebody saved in between, InvalidEventError.
    """
    if event.version != version:
        raise StaleEventError(version, event.version)
    if details.parent_id == event.id:
        raise InvalidEventError([Problem("parent_id", "unknown")])
    kind = checked_kind(session, details, facts)
    changed = differences(details_of(event), details)
    if not changed:
        return {}
    problems = procedure_problems(event, changed)
    if problems:
        raise InvalidEventError(problems)
    event.kind, was_public = kind, is_public(event)
    _write(session, event, details, now)
    is_moved = not changed.keys().isdisjoint(WHEN_FIELDS)
    event.sequence += 1 if is_moved or not changed.keys().isdisjoint(PLACE_FIELDS) else 0
    event.scheduled_at = now if is_moved else event.scheduled_at
    note_changed(event, changed, now)
    if not changed.keys().isdisjoint(SIGHT_FIELDS):
        note_parent(event, was_public, now)
    record_change(session, event, "change", person_id, now, fields=changed)
    return changed


def create_weekly_series(
    session: Session, details: EventDetails, until: date, host: str, now: datetime, *, person_id: int | None = None
) -> list[Event]:
    """Add one draft a week until a date, leaving out weeks without meetings. Raises InvalidEventError."""
    facts = partnership(session)
    checked_kind(session, details, facts)
    days = series_days(details.starts_on, until)
    if not days or until > details.starts_on + timedelta(days=LATEST_SERIES_DAYS):
        raise InvalidEventError([Problem("repeat_until", "too-far" if days else "no-week")])
    series = Series(kind_key=details.kind_key, created_at=now)
    session.add(series)
    session.flush()
    length = details.ends_on - details.starts_on
    weeks = (replace(details, starts_on=day, ends_on=day + length) for day in days)
    return [create_event(session, w, host, now, person_id=person_id, series=series, facts=facts) for w in weeks]


def series_days(first: date, until: date) -> list[date]:
    """Return the days a week apart on which people meet: not in the recess, the Ministerial week or on a holiday."""
    weeks = range(min((until - first).days // 7 + 1, LONGEST_SERIES))
    days = (first + timedelta(weeks=week) for week in weeks)
    return [day for day in days if usable_day(day) and not public_holiday(day, SEAT)]


def discard_draft(session: Session, event: Event, now: datetime, *, person_id: int | None = None) -> None:
    """Delete a draft; only drafts are ever deleted, for nobody but their authors has seen them."""
    if event.status != DRAFT or event.published_at:
        raise InvalidEventError([Problem("status", "not-a-draft")])
    record_deed(session, person_id, "discard", "event", event.id, now)
    session.delete(event)
    session.flush()


def checked_kind(session: Session, details: EventDetails, facts: Partnership | None = None) -> Kind:
    """Return the kind of the details if everything fits; raises InvalidEventError with all problems."""
    kind = session.get(Kind, details.kind_key)
    if kind is None:
        raise InvalidEventError([Problem("kind_key", "unknown")])
    problems = problems_of(details, kind, facts or partnership(session)) + _row_problems(session, details)
    if problems:
        raise InvalidEventError(problems)
    return kind


def procedure_problems(event: Event, changed: Mapping[str, list[Any]]) -> list[Problem]:
    """Return what is wrong with changing these fields: what a no-objection procedure asks for stays while it runs."""
    if event.status != PROPOSED or event.silence_ends_at is None:
        return []
    homes = {"starts_on": WHEN_FIELDS, "venue_key": PLACE_FIELDS, "visibility": SIGHT_FIELDS}
    named = (home for home, fields in homes.items() if not changed.keys().isdisjoint(fields))
    return [Problem(home, "under-procedure", {"until": event.silence_ends_at}) for home in named][:1]


def record_change(
    session: Session, event: Event, verb: str, person_id: int | None, now: datetime, *,
    fields: dict[str, list[Any]] | None = None, reason: str = "",
) -> None:  # fmt: skip
    """Add an entry to the history of an event and to the trail."""
    session.add(
        EventChange(
            event_id=event.id, at=now, person_id=person_id, verb=verb, reason=reason, fields=fields or {},
            sequence=event.sequence,
        )
    )  # fmt: skip
    record_deed(session, person_id, verb, "event", event.id, now)
    session.flush()


def derive_instants(event: Event) -> None:
    """Set the instants of an event from what was agreed: local days and times in its zone."""
    if event.start_time is None or event.end_time is None:
        event.starts_at, event.ends_at = day_bounds(event.starts_on, event.ends_on, event.time_zone)
    else:
        event.starts_at = instant_of(event.starts_on, event.start_time, event.time_zone, event.start_fold)
        event.ends_at = instant_of(event.ends_on, event.end_time, event.time_zone, event.end_fold)


def _row_problems(session: Session, details: EventDetails) -> list[Problem]:
    found = []
    if details.venue_key and session.get(Venue, details.venue_key) is None:
        found.append(Problem("venue_key", "unknown"))
    if details.parent_id and session.get(Event, details.parent_id) is None:
        found.append(Problem("parent_id", "unknown"))
    if len(_topics(session, details.topic_keys)) != len(set(details.topic_keys)):
        found.append(Problem("topic_keys", "unknown"))
    return found


def _write(session: Session, event: Event, details: EventDetails, now: datetime) -> None:
    for name in DIRECT_FIELDS:
        setattr(event, name, getattr(details, name))
    event.interpretation, event.guests = list(details.interpretation), list(details.guests)
    derive_instants(event)
    with session.no_autoflush:
        event.groups = _groups(session, details.group_keys)
        event.topics = _topics(session, details.topic_keys)
        _write_hosts(event, details)
        _write_programme(event, details, now)


def _write_hosts(event: Event, details: EventDetails) -> None:
    wanted = {details.host_code: HOST} if details.host_code else {}
    wanted |= dict.fromkeys(details.co_host_codes, CO_HOST)
    kept = {host.state_code: host for host in event.hosts if host.state_code in wanted}
    for code, host in kept.items():
        host.role = wanted[code]
    event.hosts = [kept.get(code) or EventHost(state_code=code, role=role) for code, role in wanted.items()]


def _write_programme(event: Event, details: EventDetails, now: datetime) -> None:
    if details.agenda != details_of(event).agenda:
        event.agenda = [
            AgendaItem(position=n, held_on=p.held_on, starts=p.starts, title=p.title, speakers=p.speakers)
            for n, p in enumerate(details.agenda, 1)
        ]
    if details.documents != details_of(event).documents:
        files = [document for document in event.documents if document.is_file]
        links = [Document(type=d.type, title=d.title, link=d.link, added_at=now) for d in details.documents]
        event.documents = [*files, *links]


def _groups(session: Session, keys: tuple[str, ...]) -> list[ContactGroup]:
    if not keys:
        return []
    rows = select(ContactGroup).where(ContactGroup.key.in_(keys)).order_by(ContactGroup.position)
    return list(session.scalars(rows))


def _topics(session: Session, keys: tuple[str, ...]) -> list[Topic]:
    if not keys:
        return []
    return list(session.scalars(select(Topic).where(Topic.key.in_(keys)).order_by(Topic.position)))
