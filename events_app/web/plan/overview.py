"""What the board says of a plan as a whole: beside last year's habit, its gaps, what changed, what is wished for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for

from events_app.planning.plan_adoption import left_over
from events_app.planning.year_plan import PlannedEvent, YearPlan
from events_app.web.context import language, say, say_count
from events_app.web.plan.before import LETTERS, Before, changed
from events_app.web.plan.naming import day_range, title_of
from events_app.web.plan.sheet import address
from events_app.web.plan.solving import Solved
from events_app.web.plan.wishes import BAN, PIN
from events_app.words.labels import group_name
from events_app.words.plan import points_text
from events_app.words.titles import event_title


@dataclass(frozen=True)
class Bar:
    """One plan in the comparison: what it is called, how many events it has, its cost, and its width in percent."""

    label: str
    events: str
    cost: str
    width: int


@dataclass(frozen=True)
class Chip:
    """One wish, in words, and the address without it."""

    text: str
    href: str
    is_ban: bool = False


def bars(plan: YearPlan, habit: YearPlan, *, is_last_year: bool) -> list[Bar]:
    """Return the plan and the habit side by side."""
    most = max(plan.cost, habit.cost, 1)
    other = say("The dates of the year before") if is_last_year else say("The usual Fridays")
    return [_bar(say("This plan"), plan, most), _bar(other, habit, most)]


def comparison(plan: YearPlan, habit: YearPlan) -> str:
    """Return in a sentence how a plan compares with the habit."""
    if plan.cost == habit.cost:
        return say("This plan costs as much as habit would.")
    share = round(100 * abs(habit.cost - plan.cost) / max(habit.cost, 1))
    if plan.cost > habit.cost:
        return say("This plan costs {share} % more than habit would.", share=share)
    return say("This plan costs {share} % less than habit would.", share=share)


def gaps(solved: Solved) -> list[str]:
    """Return how far apart each group's meetings are."""
    found = []
    for one in solved.plan.spacing:
        name = group_name(solved.calendar.facts.partnership.group(one.group), language())
        weeks = ", ".join(map(str, one.gaps)) or say("none")
        facts = {"group": name, "weeks": weeks, "ideal": one.ideal, "points": points_text(one.cost, language())}
        found.append(say("{group}: {weeks} usable weeks between meetings; {ideal} would be even ({points}).", **facts))
    return found


def moved_dates(solved: Solved) -> list[str]:
    """Return the announced dates that the plan moves, where that costs something."""
    dear = [one for one in solved.plan.moved if one.cost]
    named = [(title_of(one.kind, one.groups, one.day), day_range(one.day, one.day), one.cost) for one in dear]
    return [f"{title}: {days} ({points_text(cost, language())})" for title, days, cost in named]


def changes(solved: Solved, before: Before) -> list[str]:
    """Return what changed against the plan before, in words."""
    found = changed(before, solved.plan)
    lines = []
    for event in solved.plan.events:
        if id(event) in found.moved:
            lines.append(_change(event, found.moved[id(event)]))
    for letter, day in found.gone:
        facts = {"title": _title(solved, letter, day), "day": day_range(day, day)}
        lines.append(say("{title}: {day} is no longer planned", **facts))
    if solved.plan.cost != before.cost:
        facts = {"was": points_text(before.cost, language()), "points": points_text(solved.plan.cost, language())}
        lines.append(say("Cost of the whole plan: was {was}, now {points}", **facts))
    return lines


def chips(solved: Solved) -> list[Chip]:
    """Return the dates that are kept and the days that are not used, each with the way to drop the wish."""
    asked, facts = solved.asked, solved.calendar.facts
    found = []
    for name, day in asked.pins:
        kind, _, group = name.partition(":")
        groups = (group,) if group in facts.partnership.groups else facts.group_keys
        text = f"{title_of(kind, groups, day)}: {day_range(day, day)}"
        found.append(Chip(text, address(solved, asked.releasing(name, day))))
    return [*found, *(Chip(day_range(day, day), address(solved, asked.allowing(day)), True) for day in asked.bans)]


def raw_chips(year: int) -> list[Chip]:
    """Return the wishes of this address as they were written, each with the way to drop it: none may be readable."""
    found = []
    for name in (PIN, BAN):
        for text in filter(None, request.args.getlist(name)):
            left = request.args.to_dict(flat=False)
            left[name] = [other for other in left[name] if other != text]
            found.append(Chip(text[:80], url_for("plan.board", text=str(year), **_plain(left)), name == BAN))
    return found


def not_in_plan(solved: Solved) -> list[str]:
    """Return the events of the calendar for which the plan has no date: they are left as they are."""
    events = left_over(solved.placed, solved.calendar.dates)
    return [f"{event_title(event, language())}: {day_range(event.starts_on, event.ends_on)}" for event in events]


def _plain(arguments: dict[str, list[str]]) -> dict[str, Any]:
    """Return arguments that mean nothing to whoever makes addresses."""
    return {name: texts for name, texts in arguments.items() if name != "text" and not name.startswith("_")}


def _bar(label: str, plan: YearPlan, most: int) -> Bar:
    events = say_count("{count} event", "{count} events", len(plan.events))
    return Bar(label, events, points_text(plan.cost, language()), round(100 * plan.cost / most))


def _change(event: PlannedEvent, was: date | None) -> str:
    facts = {
        "title": title_of(event.kind, event.groups, event.starts_on),
        "day": day_range(event.starts_on, event.ends_on),
    }
    if was is None:
        return say("{title}: new on {day}", **facts)
    return say("{title}: was {was}, now {day}", was=day_range(was, was), **facts)


def _title(solved: Solved, letter: str, day: date) -> str:
    """Return the title of an event that is known by the letters of its sort alone."""
    kind = next((kind for kind, sign in LETTERS.items() if sign == letter[0]), "")
    keys = solved.calendar.facts.group_keys
    groups = tuple(key for key in keys if letter[1:] in ("", key[0]))
    return title_of(kind, groups, day) if kind else ""
