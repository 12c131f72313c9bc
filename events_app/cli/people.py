"""`person add` and `sign-in-link`."""

import click

from events_app.cli import application, cli
from events_app.extensions import begin_writing, db, transaction
from events_app.partnership.queries import partnership
from events_app.people.actions import add_person, appoint, issue_sign_in_link
from events_app.people.errors import UnknownPersonError
from events_app.people.models import CONTACT_POINT, POST_ROLES
from events_app.people.queries import person_who_may_sign_in
from events_app.people.rules import clean_address
from events_app.web.access import clock_of, settings_of


@cli.group()
def person() -> None:
    """Manage people."""


@person.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--secretary", is_flag=True, help="Belongs to the Section for External Co-operation.")
@click.option("--delegation", metavar="XX", help="ISO code of the State.")
@click.option("--role", type=click.Choice(POST_ROLES), default=CONTACT_POINT, help="Role in the delegation.")
def add(email: str, name: str, secretary: bool, delegation: str | None, role: str) -> None:
    """Add the person with the address EMAIL."""
    if not secretary and not delegation:
        raise click.UsageError("give --secretary or --delegation XX, or both")
    with application() as app, transaction() as session:
        begin_writing()
        now = clock_of(app).now()
        state = partnership(session).state(delegation.upper()) if delegation else None
        zone = state.time_zone if state else "Europe/Vienna"
        added = add_person(session, email, name, now, is_secretary=secretary, time_zone=zone)
        if state:
            appoint(session, added, state.code, role, now)
        address = added.email
    click.echo(f"{address} was added.")


@cli.command("sign-in-link")
@click.argument("email")
def sign_in_link(email: str) -> None:
    """Print a one-time sign-in link for the person with the address EMAIL."""
    with application() as app, transaction() as session:
        begin_writing()
        now, key = clock_of(app).now(), settings_of(app).signing_key
        found = person_who_may_sign_in(session, clean_address(email), now)
        if found is None:
            raise UnknownPersonError(email)
        _, secret = issue_sign_in_link(db.session(), found, key, now)
    click.echo(f"{settings_of(app).base_url}/sign-in/{secret}")
