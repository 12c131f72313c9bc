"""Adopted plans as delegations read them: the dates, and what changed from one version to another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from events_app.events.models import Event
from events_app.events.rules.life import reads_as
from events_app.partnership.rules import JOINT
from events_app.planning.models import PlanVersion
from events_app.planning.plan_versions import AdoptedDate, Difference, dates_of, difference
from events_app.web.access import now
from events_app.web.context import language
from events_app.web.rows import chair_text, shown_events, state_text
from events_app.web.rows.wording import figure_text, weekdays_text
from events_app.words.changes import agreed
from events_app.words.dates import month_name, span_text
from events_app.words.labels import status_name
from events_app.words.titles import event_title


@dataclass(frozen=True)
class CardRow:
    """One event of an adopted plan; `today` is its status, and where it stands now if it has moved since."""

    title: str
    groups: tuple[str, ...]
    mark: str
    month: str
    figure: str
    weekday: str
    when: str
    chair: str
    host: str
    href: str
    status: str
    status_word: str
    moved_to: str


@dataclass(frozen=True)
class MovedLine:
    """An event that two versions have on different dates (both empty where one has it not)."""

    title: str
    groups: tuple[str, ...]
    was: str
    now_is: str
    href: str


def seen_events(*plans: Mapping[str, Any]) -> dict[int, Event]:
    """Return the events of adopted plans that the reader may see, by id: of the rest not even that they are there."""
    ids = {one.event_id for plan in plans for one in dates_of(plan)}
    return {event.id: event for event in shown_events(Event.id.in_(ids))}


def card(version: PlanVersion) -> list[CardRow]:
    """Return the events of an adopted plan."""
    seen = seen_events(version.plan)
    hosts = {one["event_id"]: one["host"] for one in version.plan["events"]}
    return [
        _row(one, seen[one.event_id], hosts[one.event_id]) for one in dates_of(version.plan) if one.event_id in seen
    ]


def changes_between(before: PlanVersion, after: PlanVersion) -> dict[str, list[MovedLine]]:
    """Return what moved, was added and was dropped, as far as the reader may see the events."""
    seen = seen_events(before.plan, after.plan)
    found = _within(difference(before.plan, after.plan), seen)
    return {
        "moved": [_line(seen, one.now_is, _when(one.was), _when(one.now_is)) for one in found.moved],
        "added": [_line(seen, one, "", _when(one)) for one in found.added],
        "dropped": [_line(seen, one, _when(one), "") for one in found.dropped],
    }


def _within(found: Difference, seen: Mapping[int, Event]) -> Difference:
    return Difference(
        [move for move in found.moved if move.now_is.event_id in seen],
        [one for one in found.added if one.event_id in seen],
        [one for one in found.dropped if one.event_id in seen],
    )


def _row(one: AdoptedDate, event: Event, host: str | None) -> CardRow:
    status = reads_as(event, now())
    first, last = one.starts_on, one.ends_on
    has_moved = (event.starts_on, event.ends_on) != (first, last)
    return CardRow(
        title=event_title(event, language()),
        groups=one.groups,
        mark=JOINT if len(one.groups) > 1 else one.groups[0],
        month=month_name(first.month, language()),
        figure=figure_text(first, last),
        weekday=weekdays_text(first, last),
        when=_when(one),
        chair=chair_text(event),
        host=state_text(host) if host else "",
        href=url_for("events.page", event_id=event.id),
        status=status,
        status_word=status_name(status, language()),
        moved_to=span_text(event, language()) if has_moved else "",
    )


def _line(seen: Mapping[int, Event], one: AdoptedDate, was: str, now_is: str) -> MovedLine:
    href = url_for("events.page", event_id=one.event_id)
    return MovedLine(event_title(seen[one.event_id], language()), one.groups, was, now_is, href)


def _when(one: AdoptedDate) -> str:
    return span_text(agreed(one.when), language())
