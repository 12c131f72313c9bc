"""`holidays`: the public holidays of a span of days, as the secretariat corrected them."""

from datetime import date
from typing import Any

import click

from events_app.cli import IsoDate, application, cli, json_option, print_json
from events_app.dates.holiday_table import Holiday
from events_app.dates.spans import checked_year
from events_app.extensions import db
from events_app.partnership.queries import partnership
from events_app.planning.queries.holidays import holiday_table

LONGEST_YEARS = 10


@cli.command()
@click.argument("first", metavar="FROM", type=IsoDate())
@click.argument("last", metavar="TO", type=IsoDate())
@click.option("--state", "codes", metavar="XX", multiple=True, help="Only this State; may be repeated.")
@json_option
def holidays(first: date, last: date, codes: tuple[str, ...], as_json: bool) -> None:
    """List the public holidays of all States, or some, from FROM to TO, both included."""
    _check_span(first, last)
    with application():
        session = db.session()
        facts = partnership(session)
        wanted = [facts.state(code.upper()).code for code in codes] or None
        found = holiday_table(session, first, last, wanted).between(first, last)
        names = {code: state.name for code, state in facts.states.items()}
    if as_json:
        return print_json([as_document(holiday) for holiday in found])
    return click.echo("\n".join(_line(holiday, names) for holiday in found) or "No public holidays.")


def as_document(holiday: Holiday) -> dict[str, Any]:
    """Return one holiday as `holidays --json` prints it."""
    return {
        "date": holiday.day.isoformat(),
        "state": holiday.state_code,
        "name": holiday.name,
        "estimated": holiday.is_estimated,
    }


def _check_span(first: date, last: date) -> None:
    checked_year(first.year)
    checked_year(last.year)
    if last < first:
        raise click.BadParameter(f"the span ends on {last} before it begins on {first}")
    if (last - first).days >= LONGEST_YEARS * 366:
        raise click.BadParameter(f"the span is longer than {LONGEST_YEARS} years")


def _line(holiday: Holiday, names: dict[str, str]) -> str:
    mark = "  (estimated)" if holiday.is_estimated else ""
    return f"{holiday.day}  {holiday.state_code}  {names[holiday.state_code]}: {holiday.name}{mark}"
