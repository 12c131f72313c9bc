"""What the page of a Contact Group says: who chairs, what is next, the programme of a year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from events_app.events.models import CONFIRMED, Event
from events_app.events.queries import Quota, ordinals, priorities, quota
from events_app.events.silence import status_in
from events_app.extensions import db
from events_app.partnership.known import KnownGroup
from events_app.partnership.models import CANDIDATE
from events_app.partnership.rules import Chair
from events_app.rights.queries import is_public_event
from events_app.web.access import current_reader, now
from events_app.web.context import language
from events_app.web.programme.agenda import today
from events_app.web.rows import EventRow, rows_of, shown_events, state_text
from events_app.words.chairs import chair_name
from events_app.words.labels import priority_name
from events_app.words.states import sorted_by_name
from events_app.words.titles import ordinal_phrase

MEETING_KINDS = ("contact-group-meeting", "joint-meeting")


@dataclass(frozen=True)
class Term:
    """Who chairs a group in a year: the roster year it follows from, and a candidate where there is only that."""

    year: int
    roster_year: int
    name: str
    is_decided: bool
    candidate: str


@dataclass(frozen=True)
class ProgrammeRow:
    """A row of a year's programme with its ordinal in words, where it has one."""

    row: EventRow
    ordinal: str


def term(group: KnownGroup, year: int) -> Term | None:
    """Return who chairs a group in a year, as it is known by then or today; None before the group existed."""
    day = min(max(date(year, 1, 1), today()), date(year, 12, 31))
    if day < group.since:
        return None
    chair = current_reader().partnership.group_chair(group.key, day)
    return Term(year, chair.year, chair_name(chair, language()), chair.is_decided, _candidate(chair))


def terms(group: KnownGroup) -> list[Term]:
    """Return who chairs a group this year and the next."""
    return [found for year in (today().year, today().year + 1) if (found := term(group, year))]


def coming_meetings(group: KnownGroup) -> list[EventRow]:
    """Return the meetings of a group that are confirmed and not over, in order."""
    is_meeting = (status_in(db.session()) == CONFIRMED, Event.kind_key.in_(MEETING_KINDS), Event.ends_at > now())
    return rows_of(shown_events(*is_meeting, Event.groups.any(key=group.key)))


def programme_of(group: KnownGroup, year: int) -> list[ProgrammeRow]:
    """Return what a group does in a year."""
    in_year = (Event.starts_on <= date(year, 12, 31), Event.ends_on >= date(year, 1, 1))
    numbers = ordinals(db.session(), year)
    rows = rows_of(shown_events(*in_year, Event.groups.any(key=group.key)))
    return [ProgrammeRow(row, _ordinal(row, numbers.get(row.id), year)) for row in rows]


def quota_of(group: KnownGroup, year: int) -> Quota | None:
    """Return how far a group is through a year's meetings."""
    return quota(db.session(), group.key, group.quota, year, now())


def years_with_events(group: KnownGroup) -> list[int]:
    """Return the years in which a group has events that the reader may see, the latest first."""
    is_of_group = Event.groups.any(key=group.key)
    if current_reader().is_public:
        days: Iterable[date] = db.session().scalars(
            select(Event.starts_on).where(is_of_group, is_public_event(db.session()))
        )
    else:
        days = (event.starts_on for event in shown_events(is_of_group))
    return sorted({day.year for day in days}, reverse=True)


def topics_of(group: KnownGroup) -> list[str]:
    """Return what a group cares about most."""
    return [priority_name(priority, language()) for priority in priorities(db.session(), group.key)]


def partners_of(group: KnownGroup, day: date) -> list[str]:
    """Return the names of a group's Partners on a day."""
    codes: Sequence[str] = current_reader().partnership.partners((group.key,), day)
    return [state_text(code) for code in sorted_by_name(codes, language())]


def _ordinal(row: EventRow, number: int | None, year: int) -> str:
    return ordinal_phrase(row.kind_key, number, year, language()) if number else ""


def _candidate(chair: Chair) -> str:
    entry = current_reader().partnership.roster.get(chair.year)
    return state_text(entry.state_code) if entry and entry.status == CANDIDATE and entry.state_code else ""
