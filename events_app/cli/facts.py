"""`init`, `chair`, `members`: the facts and what follows from them."""

from datetime import date
from typing import Any

import click

from events_app.cli import IsoDate, application, cli, json_option, print_json
from events_app.extensions import db
from events_app.init import initialise
from events_app.partnership.queries import partnership
from events_app.partnership.rules import (
    ALL,
    JOINT,
    JOINT_SINCE,
    Partnership,
    chair_rule,
    group_keys_of,
    joint_status,
    require_founded,
)
from events_app.web.access import clock_of


@cli.command()
def init() -> None:
    """Create or upgrade the database and load the reference data; safe to repeat."""
    with application() as app:
        initialise(clock_of(app).now())
    click.echo("The database is ready.")


@cli.command()
@click.argument("group")
@click.argument("day", metavar="DATE", type=IsoDate())
@json_option
def chair(group: str, day: date, as_json: bool) -> None:
    """Say who chairs GROUP (mediterranean, asian or joint) on DATE."""
    with application():
        answer = chair_answer(partnership(db.session()), group, day)
    if as_json:
        return print_json(answer)
    names = ", ".join(found["name"] for found in answer["chairs"])
    return click.echo(names or f"to be determined ({answer['status']})")


@cli.command()
@click.argument("group")
@click.argument("day", metavar="DATE", type=IsoDate())
@json_option
def members(group: str, day: date, as_json: bool) -> None:
    """List the participating States and the Partners of GROUP (mediterranean, asian, joint or all) on DATE."""
    with application():
        facts = partnership(db.session())
    keys = group_keys_of(JOINT if group == ALL else group, facts)
    answer = {"participating": facts.participating(day), "partners": facts.partners(keys, day)}
    if as_json:
        return print_json(answer)
    lines = (f"{len(codes)} {role}: {' '.join(codes)}" for role, codes in answer.items())
    return click.echo("\n".join(lines))


def chair_answer(facts: Partnership, group: str, day: date) -> dict[str, Any]:
    """Return who chairs, as `chair --json` prints it; raises UnknownGroupError, GroupNotFoundedError."""
    keys = group_keys_of(group, facts)
    if group == JOINT:
        require_founded(JOINT, JOINT_SINCE, day)
    chairs = facts.chairs(keys, day)
    known = [chair.state_code for chair in chairs if chair.state_code] if all(c.is_decided for c in chairs) else []
    return {
        "group": group,
        "date": day.isoformat(),
        "rule": chair_rule(group, facts),
        "chairs": [{"state": code, "name": facts.state(code).name} for code in known],
        "status": joint_status(chairs),
    }
