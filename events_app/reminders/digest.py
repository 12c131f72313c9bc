"""What a weekly digest tells its reader: what comes, what has changed, new documents, missing answers, due steps."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from events_app.dates.wall_time import local_of
from events_app.events.models import CONFIRMED, DRAFT, PROPOSED, Document, Event, EventChange
from events_app.events.queries import whole_events
from events_app.events.rules.table import chair_line, invited_codes
from events_app.mail.kinds import (
    ANSWER_MISSING,
    CONSULTATION_CLOSING,
    CONSULTATION_OPENED,
    EVENT_REMINDER,
    PREPARATION_DUE,
)
from events_app.people.models import Person
from events_app.planning.consultations.queries import unfinished_consultations
from events_app.planning.models import Consultation
from events_app.reminders.digest_week import DigestWeek
from events_app.reminders.missing import missing_codes
from events_app.reminders.models import IN_DIGEST, LetterPreference
from events_app.reminders.news import News, new_documents, news_of
from events_app.reminders.preparation.queries import OpenStep, steps_by_person
from events_app.reminders.queries import day_rules
from events_app.reminders.quiet import reading_zone
from events_app.reminders.rules import CONTACT_POINTS, ORGANISERS, DayRules, days_for, fires_at
from events_app.reminders.unanswered import Responses, responses_to, unanswered_codes_of
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may, may_see_document

LOOK_BACK, LOOK_AHEAD = timedelta(days=10), timedelta(days=80)
OLD = timedelta(days=60)
ROUTINE = ("permanent-council", "forum")


@dataclass(frozen=True)
class Matter:
    """What all digests of these days are made of, read once: histories have their latest entries first, steps are
    those of each person.
    """

    events: Sequence[Event]
    histories: Mapping[int, Sequence[EventChange]]
    responses: Responses
    rules: DayRules
    steps: Mapping[int, Sequence[OpenStep]]
    consultations: Sequence[Consultation]
    now: datetime


@dataclass(frozen=True)
class Subscriber:
    """Whom a digest is for: the person, what they may do, how they want other letters, and their week."""

    person: Person
    reader: Reader
    modes: Mapping[str, str]
    week: DigestWeek


@dataclass(frozen=True)
class Digest:
    """What one reader is told."""

    coming: list[Event]
    news: list[News]
    documents: list[tuple[Event, Document]]
    unanswered: list[Event]
    steps: list[OpenStep]
    consultations: list[Consultation]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.shows

    @property
    def shows(self) -> list[list[int | str]]:
        """What the digest rests on, as plain values: if this is different, so is the digest."""
        coming: list[list[int | str]] = [["coming", event.id, event.version] for event in self.coming]
        news: list[list[int | str]] = [["news", new.event.id, new.event.version, *new.entry_ids] for new in self.news]
        files: list[list[int | str]] = [["file", event.id, event.version, file.id] for event, file in self.documents]
        unanswered: list[list[int | str]] = [["answer", event.id, event.version] for event in self.unanswered]
        steps: list[list[int | str]] = [["step", s.event.id, s.event.version, s.step.key] for s in self.steps]
        asked: list[list[int | str]] = [["consultation", one.id, one.event.version] for one in self.consultations]
        return [*coming, *news, *files, *unanswered, *steps, *asked]


def matter_of(session: Session, now: datetime) -> Matter:
    """Return what digests of these days are made of, in a constant number of queries."""
    since = now - LOOK_BACK
    is_near = (Event.starts_at < now + LOOK_AHEAD) & (Event.ends_at > since)
    is_changed = Event.id.in_(select(EventChange.event_id).where(EventChange.at >= since))
    has_new = Event.id.in_(select(Document.event_id).where(Document.added_at >= since))
    rows = whole_events().where(Event.status != DRAFT, Event.ends_at > now - OLD, or_(is_near, is_changed, has_new))
    events = list(session.scalars(rows))
    histories, responses = _histories(session, since), responses_to(session, events)
    steps, asked = _steps_by_reader(session, now), unfinished_consultations(session, now)
    return Matter(events, histories, responses, day_rules(session), steps, asked, now)


def digest_for(who: Subscriber, matter: Matter) -> Digest:
    """Return what the calendar has for somebody this week, by the rights of now."""
    seen = [e for e in matter.events if _concerns(e, who.reader) and may(who.reader, Action.SEE, e, matter.now)]
    return Digest(
        coming=[event for event in seen if _is_coming(event, who, matter.rules)],
        news=[news for event in seen if (news := _news(event, who, matter))],
        documents=[(event, document) for event in seen for document in _documents(event, who, matter)],
        unanswered=[event for event in seen if _is_unanswered(event, who, matter)],
        steps=_steps(who, matter),
        consultations=_consultations(who, matter),
    )


def _histories(session: Session, since: datetime) -> dict[int, list[EventChange]]:
    found: dict[int, list[EventChange]] = defaultdict(list)
    for entry in session.scalars(select(EventChange).where(EventChange.at >= since).order_by(EventChange.id.desc())):
        found[entry.event_id].append(entry)
    return found


def _steps_by_reader(session: Session, now: datetime) -> dict[int, list[OpenStep]]:
    """Return what everybody has to prepare, if anybody wants to read of it in the digest."""
    wanted = (LetterPreference.letter == PREPARATION_DUE, LetterPreference.mode == IN_DIGEST)
    if session.scalar(select(LetterPreference.person_id).where(*wanted).limit(1)) is None:
        return {}
    return {person.id: found for person, found in steps_by_person(session, now)}


def _concerns(event: Event, reader: Reader) -> bool:
    """Return whether an event is an organiser's, or one to which a delegation of the reader's is invited."""
    at_table = invited_codes(event, reader.partnership) | set(chair_line(event, reader.partnership).state_codes)
    return reader.is_secretary or not at_table.isdisjoint(reader.state_codes)


def _is_coming(event: Event, who: Subscriber, rules: DayRules) -> bool:
    """Return whether an event takes place within two weeks, or its reminder falls into the week and into the digest."""
    week = who.week
    if event.status not in (PROPOSED, CONFIRMED) or event.kind_key in ROUTINE or event.ends_at <= week.due_at:
        return False
    return event.starts_at < week.coming_until or _is_reminded(event, who, rules)


def _is_reminded(event: Event, who: Subscriber, rules: DayRules) -> bool:
    if who.modes.get(EVENT_REMINDER) != IN_DIGEST or event.status != CONFIRMED:
        return False
    chairs = set(chair_line(event, who.reader.partnership).state_codes)
    is_organiser = who.reader.is_secretary or bool(chairs & who.reader.contact_codes)
    days = days_for(event, ORGANISERS if is_organiser else CONTACT_POINTS, rules)
    own = who.person.lead_days if days else ()
    return any(who.week.due_at <= fires_at(event, day) < who.week.ends_at for day in own or days)


def _news(event: Event, who: Subscriber, matter: Matter) -> News | None:
    """Return what is new about an event that is not over; of the weekly sittings only what must not be missed."""
    if event.ends_at <= who.week.due_at:
        return None
    news = news_of(event, matter.histories.get(event.id, []), who.week.began_at, who.week.due_at)
    return news if news and (news.is_weighty or event.kind_key not in ROUTINE) else None


def _documents(event: Event, who: Subscriber, matter: Matter) -> list[Document]:
    added = new_documents(event, matter.histories.get(event.id, []), who.week.began_at, who.week.due_at)
    return [document for document in added if may_see_document(who.reader, document, event, matter.now)]


def _is_unanswered(event: Event, who: Subscriber, matter: Matter) -> bool:
    """Return whether an answer is missing until the end of the next week, by a reader who asked for that here."""
    if who.modes.get(ANSWER_MISSING) != IN_DIGEST or event.answer_by is None:
        return False
    is_soon = who.week.due_at.date() <= event.answer_by <= who.week.coming_until.date()
    return is_soon and bool(unanswered_codes_of(who.reader, event, matter.responses, matter.now))


def _steps(who: Subscriber, matter: Matter) -> list[OpenStep]:
    """Return the steps that are due until the end of the week, to a reader who asked for that here."""
    if who.modes.get(PREPARATION_DUE) != IN_DIGEST:
        return []
    next_monday = local_of(who.week.ends_at, reading_zone(who.person)).date()
    return [one for one in matter.steps.get(who.person.id, ()) if one.step.due_on < next_monday]


def _consultations(who: Subscriber, matter: Matter) -> list[Consultation]:
    """Return where the word of a reader's delegation is missing, to a reader who asked for that here."""
    modes = {who.modes.get(letter) for letter in (CONSULTATION_OPENED, CONSULTATION_CLOSING)}
    if IN_DIGEST not in modes:
        return []
    return [one for one in matter.consultations if missing_codes(one, who.reader, matter.now)]
