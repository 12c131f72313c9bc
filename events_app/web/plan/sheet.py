"""What the board of a year says: every planned event, why it is on its day, what else was possible."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import url_for

from events_app.events.models import Event
from events_app.events.rules.life import reads_as
from events_app.partnership.rules import JOINT
from events_app.planning.plan_adoption import CREATE, MOVE, Placement
from events_app.planning.year_plan import Alternative, PlannedEvent
from events_app.web.access import now
from events_app.web.context import language, say
from events_app.web.plan.before import Before, changed, written
from events_app.web.plan.naming import PARTICIPATING, Reason, chairs_of, day_range, reasons_of, title_of
from events_app.web.plan.solving import Solved
from events_app.web.plan.wishes import WAS, Asked, name_of
from events_app.web.rows import state_text
from events_app.web.rows.wording import figure_text, weekdays_text
from events_app.words.dates import month_name
from events_app.words.labels import status_name
from events_app.words.plan import points_text, short_kind_name


@dataclass(frozen=True)
class Other:
    """Another day: what it would cost, how much more than the planned one, what it meets, and how to choose it."""

    days: str
    cost: str
    more: int
    reasons: list[Reason]
    href: str


@dataclass(frozen=True)
class PlanRow:
    """A planned event: `status` is that of the event that stands for it, `was` its day in the plan before."""

    anchor: str
    title: str
    short: str
    groups: tuple[str, ...]
    mark: str
    first: date
    figure: str
    weekday: str
    month: str
    days: str
    points: int
    cost: str
    chair: str
    host: str
    is_kept: bool
    is_fixed: bool
    is_changed: bool
    was: str
    status: str
    status_word: str
    stands: str
    event_href: str
    reasons: list[Reason]
    others: list[Other]
    keep: str
    release: str
    ban: str


def rows(solved: Solved, before: Before | None) -> list[PlanRow]:
    """Return the planned events in order; with the plan before, what changed is marked."""
    moved = changed(before, solved.plan).moved if before else {}
    return [_row(solved, placed, moved) for placed in solved.placed]


def months(shown: list[PlanRow]) -> list[tuple[str, list[PlanRow]]]:
    """Return the twelve months with their planned events."""
    return [(month_name(n, language()), [row for row in shown if row.first.month == n]) for n in range(1, 13)]


def conflicts(shown: list[PlanRow], *, small: bool) -> list[tuple[PlanRow, Reason]]:
    """Return what is still met, the heaviest first: small are the holidays of participating States."""
    met = [(row, one) for row in shown for one in row.reasons if (one.what == PARTICIPATING) == small]
    return sorted(met, key=lambda pair: -pair[1].weight)


def address(solved: Solved, asked: Asked, anchor: str = "plan") -> str:
    """Return the address of the board under other wishes, which will mark what changed against this plan."""
    arguments = asked.arguments() | {WAS: written(solved.plan)}
    return url_for("plan.board", text=str(solved.plan.year), _anchor=anchor, **arguments)


def _row(solved: Solved, placed: Placement, moved: dict[int, date | None]) -> PlanRow:
    planned, asked, event = placed.planned, solved.asked, placed.event
    name, day = name_of(planned), planned.starts_on
    was = moved.get(id(planned))
    is_fixed, is_kept = placed.is_fixed and asked.keeps_calendar, (name, day) in asked.pins
    status = reads_as(event, now()) if event and placed.deed != MOVE else ""
    return PlanRow(
        anchor=_anchor(name, day),
        title=title_of(planned.kind, planned.groups, day),
        short=short_kind_name(planned.kind, language()),
        groups=planned.groups,
        mark=JOINT if len(planned.groups) > 1 else planned.groups[0],
        first=day,
        figure=figure_text(day, planned.ends_on),
        weekday=weekdays_text(day, planned.ends_on),
        month=month_name(day.month, language()),
        days=day_range(day, planned.ends_on),
        points=planned.cost,
        cost=points_text(planned.cost, language()),
        chair=chairs_of(planned, solved.calendar.facts),
        host=state_text(planned.host) if planned.host else "",
        is_kept=is_kept,
        is_fixed=is_fixed,
        is_changed=id(planned) in moved,
        was=day_range(was, was) if was else "",
        status=status,
        status_word=status_name(status, language()) if status else "",
        stands=_stands(placed, event),
        event_href=url_for("events.page", event_id=event.id) if event else "",
        reasons=reasons_of(planned.conflicts),
        others=list(_others(solved, planned, is_fixed=is_fixed)),
        keep="" if is_fixed or is_kept else address(solved, asked.keeping(name, day), _anchor(name, day)),
        release=address(solved, asked.releasing(name, day), _anchor(name, day)) if is_kept else "",
        ban="" if is_fixed else address(solved, asked.banning(name, day)),
    )


def _others(solved: Solved, planned: PlannedEvent, *, is_fixed: bool) -> Iterator[Other]:
    name = name_of(planned)
    for one in planned.alternatives:
        asked = solved.asked.keeping(name, one.starts_on, instead_of=planned.starts_on)
        href = "" if is_fixed else address(solved, asked, _anchor(name, one.starts_on))
        yield _other(one, planned.cost, href)


def _other(one: Alternative, cost: int, href: str) -> Other:
    days, reasons = day_range(one.starts_on, one.ends_on), reasons_of(one.conflicts)
    return Other(days, points_text(one.cost, language()), one.cost - cost, reasons, href)


def _stands(placed: Placement, event: Event | None) -> str:
    """Return what is to be said of the event that stands for a date: that it moves, or that there is none yet."""
    if placed.deed == MOVE and event:
        return say("Stands on {day} in the calendar", day=day_range(event.starts_on, event.ends_on))
    return say("New") if placed.deed == CREATE else ""


def _anchor(name: str, day: date) -> str:
    return f"{name.replace(':', '-')}-{day}"
