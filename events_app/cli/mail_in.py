"""`mail-in`: a mail server hands over one mail on standard input."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from sqlalchemy.orm import Session

from events_app.app import clock_for
from events_app.cli import application, cli, json_option, print_json, settings
from events_app.extensions import db
from events_app.mail.incoming import Delivery, Mailroom, read_raw_mail, receive_mail
from events_app.mail.models import IncomingMail

TRY_AGAIN_LATER = 75  # EX_TEMPFAIL: the mail server keeps the mail and comes back with it


@cli.command("mail-in")
@click.option("--to", "addresses", multiple=True, help="The address to which the mail was delivered.")
@json_option
def mail_in(addresses: tuple[str, ...], as_json: bool) -> int:
    """Read one mail from standard input: a reply, a report of trouble, or something for the desk.

    The exit status is 0 when it is stored, and 75 when it has to come again.
    """
    try:
        incoming = _received(addresses)
    except Exception as error:
        logging.getLogger(__name__).debug("mail-in", exc_info=True)
        click.echo(f"the mail could not be stored ({type(error).__name__}); it has to come again", err=True)
        return TRY_AGAIN_LATER
    if as_json:
        print_json({"sort": incoming.sort, "outcome": incoming.outcome})
    return 0


def _received(addresses: tuple[str, ...]) -> IncomingMail:
    delivery = Delivery(read_raw_mail(sys.stdin.buffer), addresses)
    with application():
        return receive_mail(_step, delivery, Mailroom.of(settings()))


@contextmanager
def _step() -> Iterator[tuple[Session, datetime]]:
    writing = db.engine.execution_options(writes=True)
    with Session(writing, expire_on_commit=False) as session, session.begin():
        yield session, clock_for(settings()).now()
