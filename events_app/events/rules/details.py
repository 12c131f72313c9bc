"""What people enter of an event, and what may be wrong with it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date, time
from typing import Any
from urllib.parse import urlsplit

from events_app.dates.errors import SkippedTimeError, UnknownZoneError
from events_app.dates.wall_time import instant_of
from events_app.dates.zones import zone
from events_app.events.errors import Problem
from events_app.events.models import (
    CO_HOST,
    DOCUMENT_TYPES,
    FORMATS,
    HOST,
    VISIBILITIES,
    Event,
    Kind,
)
from events_app.partnership.rules import JOINT_SINCE, Partnership

FIRST_DAY, LAST_DAY = date(1973, 1, 1), date(2100, 12, 31)
LONGEST_DAYS = 400
LENGTHS = {
    "theme": 300, "place": 200, "joining_link": 500, "chair_override_reason": 500,
    "rests_on": 200, "rests_on_link": 500, "description": 10_000,
}  # fmt: skip
PARENT_KINDS = ("conference", "ministerial-council", "summit", "review-conference", "thematic-conference")
PLACE_FIELDS = ("format", "venue_key", "place")
UNSHOWN_FIELDS = (
    "theme_language",
    "topic_keys",
    "interpretation",
    "is_fund_financed",
    "rests_on",
    "rests_on_link",
    "guests",
    "answer_by",
)  # what no calendar entry says
INNER_FIELDS = ("joining_link",)  # what only those entries say that delegations get
WHEN_FIELDS = ("starts_on", "start_time", "ends_on", "end_time", "time_zone", "start_fold", "end_fold")


@dataclass(frozen=True)
class AgendaPoint:
    """One point of an agenda, in the event's zone."""

    held_on: date
    starts: time | None
    title: str
    speakers: str = ""


@dataclass(frozen=True)
class DocumentLink:
    """A link to a document."""

    type: str
    title: str
    link: str


@dataclass(frozen=True)
class EventDetails:
    """Everything about an event that people enter; times are local, in `time_zone`, both None for all-day."""

    kind_key: str
    starts_on: date
    ends_on: date
    visibility: str
    start_time: time | None = None
    end_time: time | None = None
    time_zone: str = "Europe/Vienna"
    start_fold: int = 0
    end_fold: int = 0
    group_keys: tuple[str, ...] = ()
    theme: str = ""
    theme_language: str = "en"
    format: str = "in-person"
    venue_key: str | None = None
    place: str = ""
    joining_link: str = ""
    host_code: str | None = None
    co_host_codes: tuple[str, ...] = ()
    chair_override_code: str | None = None
    chair_override_reason: str = ""
    interpretation: tuple[str, ...] = ()
    topic_keys: tuple[str, ...] = ()
    is_fund_financed: bool = False
    rests_on: str = ""
    rests_on_link: str = ""
    description: str = ""
    guests: tuple[str, ...] = ()
    answer_by: date | None = None
    parent_id: int | None = None
    agenda: tuple[AgendaPoint, ...] = ()
    documents: tuple[DocumentLink, ...] = ()


DIRECT_FIELDS = tuple(
    f.name
    for f in fields(EventDetails)
    if f.name
    not in ("group_keys", "topic_keys", "host_code", "co_host_codes", "interpretation", "guests", "agenda", "documents")
)


def details_of(event: Event) -> EventDetails:
    """Return what was entered of a stored event."""
    hosts = [host.state_code for host in event.hosts if host.role == HOST]
    return EventDetails(
        **{name: getattr(event, name) for name in DIRECT_FIELDS},
        group_keys=event.group_keys,
        topic_keys=tuple(topic.key for topic in event.topics),
        host_code=hosts[0] if hosts else None,
        co_host_codes=tuple(host.state_code for host in event.hosts if host.role == CO_HOST),
        interpretation=tuple(event.interpretation),
        guests=tuple(event.guests),
        agenda=tuple(AgendaPoint(i.held_on, i.starts, i.title, i.speakers) for i in event.agenda),
        documents=tuple(DocumentLink(d.type, d.title, d.link) for d in event.documents if not d.is_file),
    )


def differences(was: EventDetails, now_is: EventDetails) -> dict[str, list[Any]]:
    """Return {field: [was, is]} in values that JSON can hold."""
    old, new = asdict(was), asdict(now_is)
    return {name: [_plain(old[name]), _plain(new[name])] for name in old if old[name] != new[name]}


def problems_of(details: EventDetails, kind: Kind, partnership: Partnership) -> list[Problem]:
    """Return everything that is wrong with the details, field by field; empty if nothing is."""
    checks = (_length_problems, _time_problems, _choice_problems, _link_problems)
    found = [problem for check in checks for problem in check(details)]
    return [*found, *_group_problems(details, kind, partnership), *_state_problems(details, partnership)]


def _length_problems(details: EventDetails) -> Iterator[Problem]:
    for name, most in LENGTHS.items():
        if len(getattr(details, name)) > most:
            yield Problem(name, "too-long", {"most": most})


def _time_problems(details: EventDetails) -> Iterator[Problem]:
    if not FIRST_DAY <= details.starts_on <= LAST_DAY:
        yield Problem("starts_on", "out-of-range", {"first": FIRST_DAY.year, "last": LAST_DAY.year})
    elif (details.ends_on - details.starts_on).days > LONGEST_DAYS or details.ends_on > LAST_DAY:
        yield Problem("ends_on", "too-far", {"most": LONGEST_DAYS})
    elif (details.start_time is None) != (details.end_time is None):
        yield Problem("end_time" if details.start_time else "start_time", "times-together")
    elif details.ends_on < details.starts_on:
        yield Problem("ends_on", "end-before-start")
    else:
        yield from _instant_problems(details)


def _instant_problems(details: EventDetails) -> Iterator[Problem]:
    try:
        zone(details.time_zone)
    except UnknownZoneError:
        yield Problem("time_zone", "unknown")
        return
    if details.start_time is None or details.end_time is None:
        return
    ends = {"start_time": (details.starts_on, details.start_time, details.start_fold),
            "end_time": (details.ends_on, details.end_time, details.end_fold)}  # fmt: skip
    instants = []
    for name, (day, at, fold) in ends.items():
        try:
            instants.append(instant_of(day, at, details.time_zone, fold))
        except SkippedTimeError:
            yield Problem(name, "skipped-hour", {"time": at, "day": day})
    if len(instants) == 2 and instants[1] <= instants[0]:
        yield Problem("end_time", "end-before-start")


def _choice_problems(details: EventDetails) -> Iterator[Problem]:
    if details.visibility not in VISIBILITIES:
        yield Problem("visibility", "unknown")
    if details.format not in FORMATS:
        yield Problem("format", "unknown")
    if any(document.type not in DOCUMENT_TYPES for document in details.documents):
        yield Problem("documents", "unknown")
    if details.answer_by and details.answer_by > details.starts_on:
        yield Problem("answer_by", "after-start")
    if details.chair_override_code and not details.chair_override_reason.strip():
        yield Problem("chair_override_reason", "needed")
    for point in details.agenda:
        if not details.starts_on <= point.held_on <= details.ends_on:
            yield Problem("agenda", "outside-event", {"title": point.title})


def _link_problems(details: EventDetails) -> Iterator[Problem]:
    links = {"joining_link": [details.joining_link], "rests_on_link": [details.rests_on_link],
             "documents": [document.link for document in details.documents]}  # fmt: skip
    for name, values in links.items():
        if not all(is_web_link(value) for value in values if value):
            yield Problem(name, "no-web-link")


def is_web_link(text: str) -> bool:
    """Return whether a text is an http or https address."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_clean = not any(c.isspace() or ord(c) < 32 for c in text)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and is_clean


def _group_problems(details: EventDetails, kind: Kind, partnership: Partnership) -> Iterator[Problem]:
    known = {key for key in details.group_keys if key in partnership.groups}
    if len(known) != len(details.group_keys):
        yield Problem("group_keys", "unknown")
    if (kind.groups == "one" and len(known) != 1) or (kind.groups == "both" and len(known) < 2):
        yield Problem("group_keys", f"needs-{kind.groups}")
    for key in sorted(known):
        since = partnership.group(key).since
        if details.starts_on < since:
            yield Problem("group_keys", "not-founded", {"group": key, "since": since})
    if kind.groups == "both" and details.starts_on < JOINT_SINCE:
        yield Problem("group_keys", "not-founded", {"group": "joint", "since": JOINT_SINCE})


def _state_problems(details: EventDetails, partnership: Partnership) -> Iterator[Problem]:
    named = {"host_code": [details.host_code], "co_host_codes": details.co_host_codes,
             "chair_override_code": [details.chair_override_code]}  # fmt: skip
    for name, codes in named.items():
        if any(code and code not in partnership.states for code in codes):
            yield Problem(name, "unknown")
    if details.host_code and details.host_code in details.co_host_codes:
        yield Problem("co_host_codes", "is-host")


def _plain(value: Any) -> Any:
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
