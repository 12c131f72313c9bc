"""What planned events, their chairs and what their dates meet are called on this page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import g

from events_app.events.models import Kind
from events_app.events.queries import kinds
from events_app.events.rules.table import ChairLine
from events_app.extensions import db
from events_app.partnership.models import DECIDED, UNDETERMINED
from events_app.partnership.rules import Chair
from events_app.planning.year_plan import Conflict, PlanFacts, PlannedEvent
from events_app.web.access import current_reader
from events_app.web.context import language
from events_app.web.rows import state_text
from events_app.words.chairs import chairs_text
from events_app.words.dates import short_day_text
from events_app.words.labels import kind_name
from events_app.words.lists import listed
from events_app.words.plan import meets_text, points_text
from events_app.words.states import sorted_by_name

PARTICIPATING = "participating-holiday"


@dataclass(frozen=True)
class Reason:
    """One thing that a date meets: in words, the States that it concerns, its weight and the same in words."""

    what: str
    text: str
    states: str
    weight: int
    points: str
    day: str


def title_of(kind_key: str, groups: tuple[str, ...], day: date) -> str:
    """Return what an event of a plan is called: `Meeting of the Asian Contact Group`."""
    return kind_name(_kinds()[kind_key], groups, day, language())


def chairs_of(planned: PlannedEvent, facts: PlanFacts) -> str:
    """Return who chairs a planned event: `Chair: Poland`."""
    codes = [(key, facts.chair(key)) for key in planned.groups]
    chairs = tuple(Chair(key, facts.year, code, DECIDED if code else UNDETERMINED) for key, code in codes)
    return chairs_text(ChairLine(chairs), language())


def reasons_of(conflicts: Iterable[Conflict]) -> list[Reason]:
    """Return what a date meets, each thing once with all States that it concerns, the heaviest first."""
    found: dict[tuple[str, str | None, date], list[Conflict]] = {}
    for one in conflicts:
        found.setdefault((one.what, one.name if one.what != PARTICIPATING else None, one.day), []).append(one)
    reasons = [_reason(*key, ones) for key, ones in found.items()]
    return sorted(reasons, key=lambda reason: -reason.weight)


def day_range(first: date, last: date) -> str:
    """Return `Tue, 2 Mar 2027`, or both days of a conference."""
    texts = [short_day_text(day, language()) for day in dict.fromkeys((first, last))]
    return " – ".join(texts)


def group_word(key: str) -> str:
    """Return the name of a group."""
    return current_reader().partnership.group(key).name


def _reason(what: str, name: str | None, day: date, ones: list[Conflict]) -> Reason:
    names = listed(dict.fromkeys(one.name for one in ones if one.name), language()) if what == PARTICIPATING else name
    weight = sum(one.weight for one in ones)
    codes = sorted_by_name(dict.fromkeys(one.state for one in ones if one.state), language())
    text = meets_text(what, names, language())
    states = listed((state_text(code) for code in codes), language())
    return Reason(what, text, states, weight, points_text(weight, language()), short_day_text(day, language()))


def _kinds() -> dict[str, Kind]:
    if "kinds_by_key" not in g:
        g.kinds_by_key = {kind.key: kind for kind in kinds(db.session())}
    found: dict[str, Kind] = g.kinds_by_key
    return found
