"""`send-due` and `outbox`: the post, seen from the command line."""

from dataclasses import asdict

import click

from events_app.app import create_worker
from events_app.cli import application, cli, json_option, print_json, settings
from events_app.extensions import db
from events_app.mail.queries import outbox as letters_in_outbox


@cli.command("send-due")
@json_option
def send_due(as_json: bool) -> None:
    """Run one pass of the worker: derive what is due, send it."""
    with create_worker(settings()) as worker:
        report = asdict(worker.run_pass())
    if as_json:
        return print_json(report)
    return click.echo(", ".join(f"{name.replace('_', ' ')} {count}" for name, count in report.items()))


@cli.command()
@json_option
def outbox(as_json: bool) -> None:
    """List every letter with its state."""
    with application():
        letters = letters_in_outbox(db.session())
    if as_json:
        return print_json(letters)
    for letter in letters:
        click.echo(f"{letter['due']}  {letter['state']:<10}  {letter['letter']:<16}  {letter['address']}")
    return None
