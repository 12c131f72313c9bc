"""What the Chairmanship of a year takes over, gathered from what the reader may see."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from events_app.events.models import CONFIRMED, Answer, Event, Topic
from events_app.events.queries import events, lessons_of
from events_app.events.rules.record import AttendanceRecord, attendance_record, topics_treated
from events_app.events.silence import status_in
from events_app.extensions import db
from events_app.partnership.known import KnownGroup
from events_app.partnership.models import INCOMING
from events_app.people.models import Person
from events_app.people.queries import contact_points, secretaries
from events_app.people.rules import is_held
from events_app.planning.consultations.queries import unfinished_consultations
from events_app.planning.consultations.rules import is_running
from events_app.planning.models import Consultation
from events_app.reminders.preparation.queries import open_steps
from events_app.rights.handover import may_see_handover
from events_app.rights.models import Action
from events_app.rights.rules import visible
from events_app.web.access import allowed, current_reader, now
from events_app.web.context import language
from events_app.web.preparation.sheet import DeskStep, desk_steps
from events_app.web.rows import EventRow, rows_of, shown_events, state_text
from events_app.words.dates import short_day_text
from events_app.words.labels import group_name, topic_name
from events_app.words.states import sorted_by_name
from events_app.words.titles import event_title

YEARS_BACK = 3
MEETINGS = ("contact-group-meeting", "joint-meeting", "conference")


@dataclass(frozen=True)
class GroupRecord:
    """What a group did in the last three years, in words: topics (name, times, last day), who came, what it taught."""

    name: str
    topics: list[tuple[str, int, str]]
    attendance: AttendanceRecord
    partners: list[tuple[str, int]]
    lessons: list[tuple[int, str, str, str]]


def handover_years() -> list[int]:
    """Return the coming years whose handover the reader may see."""
    year = now().year
    return [other for other in (year, year + 1, year + 2) if may_see_handover(current_reader(), other, now())]


def terms_of(year: int) -> list[tuple[int, str]]:
    """Return what the Chairmanship of a year chairs and when, in order: the group's name, or empty for the OSCE."""
    groups = current_reader().partnership.groups.values()
    terms = [(year + (-1 if group.rule == INCOMING else 1), group_name(group, language())) for group in groups]
    return sorted([*terms, (year, "")])


def programme_of(year: int) -> list[EventRow]:
    """Return the Partner events of a year, without the weekly sittings."""
    in_year = (Event.starts_on <= date(year, 12, 31), Event.ends_on >= date(year, 1, 1))
    return rows_of(shown_events(*in_year, Event.series_id.is_(None)))


def open_consultations() -> list[Consultation]:
    """Return the consultations that still run."""
    found = unfinished_consultations(db.session(), now())
    seen = (one for one in found if allowed(Action.SEE_CONSULTATIONS, one.event))
    return [one for one in seen if is_running(one, one.event, now())]


def open_steps_of(year: int) -> list[DeskStep]:
    """Return the steps of preparation that are still to be done for the events of a year."""
    found = (one for one in open_steps(db.session(), now()) if one.event.starts_on.year == year)
    return desk_steps([one for one in found if allowed(Action.SEE, one.event)])


def who_is_who(year: int) -> list[tuple[str, list[Person]]]:
    """Return the people one works with: of the Chairmanships around a year and of the Partners, by State."""
    facts, today = current_reader().partnership, now().date()
    chairs = {facts.chairmanship(other, today).state_code for other in (year - 1, year, year + 1)} - {None}
    codes = {code for code in chairs if code} | set(facts.partners(tuple(facts.groups), today))
    people = contact_points(db.session(), codes, today)
    named = [(code, [p for p in people if code in _codes_of(p, today)]) for code in sorted_by_name(codes, language())]
    return [(state_text(code), found) for code, found in named if found]


def section() -> list[Person]:
    """Return the people of the Section."""
    return [person for person in secretaries(db.session()) if person.removed_at is None]


def group_records() -> list[GroupRecord]:
    """Return what each group did in the last three years."""
    since = now().date() - timedelta(days=365 * YEARS_BACK)
    held = _held_since(since)
    return [_record(group, held, since) for group in current_reader().partnership.groups.values()]


def _record(group: KnownGroup, held: list[Event], since: date) -> GroupRecord:
    mine = [event for event in held if group.key in event.group_keys]
    ids = [event.id for event in mine if event.kind_key in MEETINGS]
    record = attendance_record(db.session().scalars(select(Answer).where(Answer.event_id.in_(ids))))
    partners = sorted_by_name(current_reader().partnership.partners((group.key,), now().date()), language())
    return GroupRecord(
        name=group_name(group, language()),
        topics=_topics(mine),
        attendance=record,
        partners=[(state_text(code), record.times.get(code, 0)) for code in partners],
        lessons=_lessons(group, since),
    )


def _held_since(since: date) -> list[Event]:
    is_held = (Event.starts_on >= since, Event.ends_at <= now(), status_in(db.session()) == CONFIRMED)
    rows = events().where(*is_held, Event.groups.any()).options(selectinload(Event.topics))
    return visible(current_reader(), db.session().scalars(rows), now())


def _topics(held: list[Event]) -> list[tuple[str, int, str]]:
    known: dict[str, Topic] = {topic.key: topic for event in held for topic in event.topics}
    return [
        (topic_name(known[record.topic_key], language()), record.times, short_day_text(record.last_on, language()))
        for record in topics_treated(held)
    ]


def _lessons(group: KnownGroup, since: date) -> list[tuple[int, str, str, str]]:
    """Return lessons as (event id, title, day, text), of the events that the reader may edit or takes over."""
    found = lessons_of(db.session(), group.key, since)
    return [
        (event.id, event_title(event, language()), short_day_text(event.starts_on, language()), lesson.text)
        for event, lesson in found
        if allowed(Action.SEE, event)
    ]


def _codes_of(person: Person, day: date) -> set[str]:
    return {post.state_code for post in person.posts if is_held(post, day)}
