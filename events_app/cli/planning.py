"""`plan`: the dates of a year's programme of work, proved to be the cheapest."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from events_app.cli import IsoDate, application, cli, json_option, print_json
from events_app.extensions import db
from events_app.planning.errors import NoPlanError, Relaxation
from events_app.planning.queries.plan_facts import plan_facts
from events_app.planning.year_plan import (
    Conflict,
    PlanFacts,
    PlannedDate,
    PlannedEvent,
    Wishes,
    YearPlan,
    plan_document,
    plan_year,
    sort_named,
)

NO_PLAN = 1

RULES = {
    "bans": "the banned days",
    "pins": "the pinned dates",
    "window": "the window of the {group} conference",
    "host": "the host of the {group} conference",
    "first-by": "the rule that the first meetings stand early in the year",
    "least-gap": "the rule that neighbouring meetings are at least two weeks apart",
    "most-gap": "the rule that neighbouring meetings are not too far apart",
}
REASONS = {
    "holiday": "{name}", "estimated-beside": "{name} (estimated) the day before or after",
    "participating-holiday": "{name}", "seat-holiday": "{name} (seat)", "chair-holiday": "{name} (chair)",
    "host-holiday": "{name} (host)", "host-weekend": "weekend (host)", "weekend": "weekend", "ramadan": "Ramadan",
    "forum": "Forum for Security Co-operation", "permanent-council": "Permanent Council", "banned": "banned",
    "recess": "recess", "ministerial-council": "Ministerial Council", "outside-window": "outside the window",
    "two-weeks": "in two weeks", "same-week": "another Partner event in the week", "late-first": "late for a first one",
}  # fmt: skip


class Assigned(click.ParamType):  # type: ignore[type-arg]
    """Something as NAME=VALUE: a pair of texts."""

    name = "assignment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Return name and value, or fail with a sentence."""
        name, sign, text = value if isinstance(value, tuple) else value.partition("=")
        if not (name and sign and text):
            self.fail(f"{value} is not of the form {param.metavar if param else 'NAME=VALUE'}", param, ctx)
        return name, text


@cli.command()
@click.argument("year", type=int)
@click.option("--quota", metavar="G=n", multiple=True, type=Assigned(), help="So many meetings of a group.")
@click.option("--host", metavar="G=XX", multiple=True, type=Assigned(), help="The host State of a group's conference.")
@click.option("--pin", metavar="KIND:G=DATE", multiple=True, type=Assigned(), help="A date that stays where it is.")
@click.option("--ban", metavar="DATE", multiple=True, type=IsoDate(), help="A day that is not to be used.")
@click.option("--from-calendar", is_flag=True, help="Pin the year's Partner events that are confirmed or held.")
@json_option
def plan(
    year: int, quota: tuple[tuple[str, str], ...], host: tuple[tuple[str, str], ...],
    pin: tuple[tuple[str, str], ...], ban: tuple[date, ...], from_calendar: bool, as_json: bool,
) -> int:  # fmt: skip
    """Propose the dates of YEAR's Partner events. G is mediterranean, asian or (with joint-meeting) joint."""
    with application():
        facts = plan_facts(db.session(), year)
        wishes = Wishes(
            quota={group: _number(text) for group, text in _each_once("--quota", quota)},
            hosts={group: text.upper() for group, text in _each_once("--host", host)},
            pins=tuple(_pin(name, text, facts) for name, text in pin),
            bans=frozenset(ban),
            from_calendar=from_calendar,
        )
        try:
            found = plan_year(facts, wishes)
        except NoPlanError as error:
            click.echo(no_plan_sentence(error), err=True)
            return NO_PLAN
        return _tell(found, facts, as_json=as_json)


def no_plan_sentence(error: NoPlanError) -> str:
    """Return that there is no plan, and which rule stands in its way."""
    ways = [_way(relaxation) for relaxation in error.relaxations]
    if not ways:
        return f"No plan of {error.year} keeps all rules, and none would if one of them were dropped."
    return f"No plan of {error.year} keeps all rules; there would be one {', or '.join(ways)}."


def _way(relaxation: Relaxation) -> str:
    if relaxation.what == "quota":
        whose = f"{relaxation.group} meetings" if relaxation.group else "meetings of each group"
        return f"with no more than {relaxation.value} {whose}"
    return f"without {RULES[relaxation.what].format(group=relaxation.group)}"


def _each_once(option: str, pairs: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    if len(dict(pairs)) < len(pairs):
        raise click.UsageError(f"{option} names a group twice")
    yield from pairs


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise click.UsageError(f"--quota: {text} is no number of meetings")
    return int(text)


def _pin(name: str, text: str, facts: PlanFacts) -> PlannedDate:
    kind, colon, group = name.partition(":")
    if not colon:
        raise click.UsageError(f"--pin: {name}={text} is not of the form KIND:G=DATE")
    return PlannedDate(sort_named(kind, group, facts), IsoDate().convert(text, None, None))


def _tell(found: YearPlan, facts: PlanFacts, *, as_json: bool) -> int:
    if as_json:
        print_json(plan_document(found))
    else:
        click.echo("\n".join(_lines(found, facts)))
    return 0


def _lines(found: YearPlan, facts: PlanFacts) -> Iterator[str]:
    for event in found.events:
        yield _event_line(event)
        for line in _reason_lines(event.conflicts, facts):
            yield f"{'':30}{line}"
    for spacing in found.spacing:
        gaps = " ".join(map(str, spacing.gaps)) or "none"
        yield f"{spacing.group}: gaps of {gaps} weeks, {spacing.ideal} would be ideal, cost {spacing.cost}"
    proof = "no other choice costs less" if found.is_proved else f"no choice costs less than {found.bound}"
    yield f"{found.year}: cost {found.cost}; {proof} ({found.weeks} usable weeks, {found.seconds:.2f} s)."


def _event_line(event: PlannedEvent) -> str:
    groups = "joint" if len(event.groups) > 1 else event.groups[0]
    days = f"{event.starts_on:%a} {event.starts_on}"
    days += f" to {event.ends_on}" if event.ends_on > event.starts_on else ""
    chairs = " ".join(event.chairs) or "to be determined"
    more = (f", host {event.host}" if event.host else "") + (", pinned" if event.is_pinned else "")
    return f"{days:<30}{event.kind:<22}{groups:<14}cost {event.cost:>4}  chair {chairs}{more}"


def _reason_lines(conflicts: tuple[Conflict, ...], facts: PlanFacts) -> Iterator[str]:
    """Yield a line for each thing that a date meets, with all States that it concerns."""
    states: dict[tuple[date, str], list[Conflict]] = {}
    for conflict in conflicts:
        reason = REASONS.get(conflict.what, conflict.what).format(name=conflict.name)
        states.setdefault((conflict.day, reason), []).append(conflict)
    for (day, reason), found in states.items():
        names = ", ".join(facts.partnership.state(one.state).name for one in found if one.state)
        yield f"{sum(one.weight for one in found):>4}  {day}  {reason}{': ' if names else ''}{names}"
