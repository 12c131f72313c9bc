"""Sentences for wishes that cannot be, and for plans that there are not."""

from collections.abc import Callable
from typing import Any

from events_app.config import MOST_POINTS
from events_app.partnership.errors import GroupNotFoundedError, UnknownGroupError, UnknownStateError
from events_app.planning.errors import (
    KindWithoutGroupError,
    NoPlanError,
    OutsidePlanYearError,
    PlanWindowError,
    QuotaError,
    TooManyPinsError,
    UnplannedKindError,
)
from events_app.shared.errors import DomainError
from events_app.web.access import current_reader
from events_app.web.context import language, say
from events_app.web.plan.wishes import LONGEST, WishError
from events_app.words.dates import day_text
from events_app.words.labels import group_name
from events_app.words.lists import listed_apart
from events_app.words.plan import short_kind_name, way_text, wrong_text

Facts = dict[str, object]


def sentence_for(error: DomainError) -> str:
    """Return the sentence for what is wrong with wishes, or for why there is no plan."""
    if isinstance(error, NoPlanError):
        return _no_plan(error)
    reason, facts = _REASONS[type(error)](error)
    return wrong_text(reason, language(), **facts)


def _too_many(error: TooManyPinsError) -> tuple[str, Facts]:
    text = f"{short_kind_name(error.kind, language())} ({', '.join(_group(key) for key in error.groups)})"
    return "too-many-pins", {"count": error.pins, "most": error.most, "text": text}


def _outside(error: OutsidePlanYearError) -> tuple[str, Facts]:
    return f"outside-{error.what}", {"year": error.year, "day": day_text(error.day, language())}


def _window(error: PlanWindowError) -> tuple[str, Facts]:
    return "window", {"first": day_text(error.first, language()), "last": day_text(error.last, language())}


_REASONS: dict[type[DomainError], Callable[[Any], tuple[str, Facts]]] = {
    WishError: lambda error: (error.reason, {"text": error.text, "most": MOST_POINTS}),
    UnknownGroupError: lambda error: ("unknown-group", {"text": error.key[:LONGEST]}),
    UnknownStateError: lambda error: ("unknown-state", {"text": error.code[:LONGEST]}),
    GroupNotFoundedError: lambda error: ("not-founded", {"day": day_text(error.since, language())}),
    UnplannedKindError: lambda error: ("kind", {"text": error.kind[:LONGEST]}),
    KindWithoutGroupError: lambda error: ("kind-without-group", {"text": f"{error.kind}: {error.group[:LONGEST]}"}),
    QuotaError: lambda error: ("quota", {"count": error.quota, "most": error.most}),
    TooManyPinsError: _too_many,
    OutsidePlanYearError: _outside,
    PlanWindowError: _window,
}
PROBLEMS: tuple[type[DomainError], ...] = (*_REASONS, NoPlanError)


def _no_plan(error: NoPlanError) -> str:
    ways = [way_text(one, _group(one.group) if one.group else "", language()) for one in error.relaxations]
    if not ways:
        return say("No plan of {year} keeps all rules, and none would if a single one were dropped.", year=error.year)
    told = listed_apart(ways, language())
    return say("No plan of {year} keeps all rules. There would be one {ways}.", year=error.year, ways=told)


def _group(key: str) -> str:
    return group_name(current_reader().partnership.group(key), language())
