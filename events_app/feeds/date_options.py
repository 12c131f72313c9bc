"""The dates of polls in personal feeds: tentative entries of those who are asked, until one date is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.events.queries import whole_events
from events_app.events.rules.table import chair_line
from events_app.feeds.choices import FeedChoice, is_chosen
from events_app.feeds.detail import busy_summary
from events_app.feeds.entries import event_place
from events_app.feeds.models import BUSY, FULL
from events_app.feeds.rules import DAYS_CANCELLED_STAY, color_of, first_day
from events_app.ics.entry import DaySpan, Entry, TimedSpan
from events_app.planning.consultations.polls import numbered
from events_app.planning.consultations.queries import polls_from
from events_app.planning.consultations.rules import is_running
from events_app.planning.models import Consultation, PollOption
from events_app.rights.consulting import codes_asked
from events_app.rights.models import Reader
from events_app.words.catalogue import translate
from events_app.words.chairs import chairs_text
from events_app.words.consultations import former_option_title, option_title
from events_app.words.labels import group_name, kind_name
from events_app.words.titles import event_title, with_status


@dataclass(frozen=True)
class Shown:
    """What the entries of one feed share: what was chosen for it, the site's address, its reader, now."""

    choice: FeedChoice
    base_url: str
    reader: Reader
    now: datetime


def option_entries(session: Session, shown: Shown, from_day: date | None = None) -> list[Entry]:
    """Return the entries of the dates on which a reader's delegation is asked, of what a choice takes, in order."""
    polls = polls_from(session, from_day or first_day(shown.now)) if shown.reader.state_codes else []
    if not polls:
        return []
    ids = {poll.event_id for poll in polls}
    events = {event.id: event for event in session.scalars(whole_events().where(Event.id.in_(ids)))}
    return [entry for poll in polls for entry in _entries(poll, events[poll.event_id], shown)]


def _entries(poll: Consultation, event: Event, shown: Shown) -> Iterator[Entry]:
    any_status = replace(shown.choice, shows_cancelled=True)
    if not codes_asked(shown.reader, event, shown.now) or not is_chosen(event, any_status):
        return
    places = numbered(poll.options)
    for option in poll.options:
        is_live = option.removed_at is None and is_running(poll, event, shown.now)
        if is_live:
            yield _live(option, event, (places[option.id], len(places)), shown)
        elif shown.choice.shows_cancelled and _is_kept(option, shown.now):
            yield _released(option, event, shown)


def _live(option: PollOption, event: Event, place: tuple[int, int], shown: Shown) -> Entry:
    language, entry = shown.choice.language, _entry(option, event, shown)
    if shown.choice.detail == BUSY:
        return replace(entry, summary=busy_summary(language))
    return replace(entry, summary=option_title(*place, _title(event, shown.choice), language))


def _released(option: PollOption, event: Event, shown: Shown) -> Entry:
    language, entry = shown.choice.language, _entry(option, event, shown)
    title = former_option_title(_title(event, shown.choice), language)
    if shown.choice.detail == BUSY:
        title = with_status(busy_summary(language), "cancelled", language)
    return replace(entry, summary=title, status="CANCELLED")


def _entry(option: PollOption, event: Event, shown: Shown) -> Entry:
    poll, choice = option.consultation, shown.choice
    address = f"{shown.base_url}/consultations/{poll.id}"
    entry = Entry(
        uid=option.uid,
        # What somebody does to the event may release a date or bring it back, and nothing is written on the date.
        sequence=option.sequence + event.sequence - poll.sequence,
        created_at=poll.opened_at,
        # Adding or removing one date gives all of them other numbers; what the event is called shows here, too.
        modified_at=max(event.modified_at, *(other.modified_at for other in poll.options)),
        when=_span_of(option),
        status="TENTATIVE",
        summary="",
        url=address,
        language=choice.language,
        is_transparent=event.kind.is_transparent,
        classification="PRIVATE",
    )
    return entry if choice.detail == BUSY else _with_words(entry, event, address, shown)


def _with_words(entry: Entry, event: Event, address: str, shown: Shown) -> Entry:
    language, is_full = shown.choice.language, shown.choice.detail == FULL
    groups = [group_name(group, language) for group in event.groups]
    return replace(
        entry,
        description=_description(event, address, shown) if is_full else address,
        location=event_place(event),
        categories=(*groups, _kind(event, language)),
        color=color_of(event),
    )


def _description(event: Event, address: str, shown: Shown) -> str:
    language = shown.choice.language
    chairs = chairs_text(chair_line(event, shown.reader.partnership), language)
    asked = translate(language, "One of several dates on which delegations are asked.")
    return "\n\n".join(part for part in (asked, chairs, address) if part)


def _title(event: Event, choice: FeedChoice) -> str:
    return event_title(event, choice.language) if choice.detail == FULL else _kind(event, choice.language)


def _kind(event: Event, language: str) -> str:
    return kind_name(event.kind, event.group_keys, event.starts_on, language)


def _span_of(option: PollOption) -> TimedSpan | DaySpan:
    if option.start_time is None:
        return DaySpan(option.starts_on, option.ends_on)
    return TimedSpan(option.starts_at, option.ends_at, option.time_zone)


def _is_kept(option: PollOption, now: datetime) -> bool:
    """Return whether a released date still stands in feeds; the chosen one is carried on by the event's own entry."""
    return not option.is_chosen and now.date() <= option.ends_on + timedelta(days=DAYS_CANCELLED_STAY)
