"""The command line: `events-app`. Errors are one sentence on standard error; 2 for bad input, 1 for the rest."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

import click
from flask import Flask
from sqlalchemy.exc import DatabaseError

from events_app.app import create_app
from events_app.config import Settings, read_settings
from events_app.events.silence import read_as_of
from events_app.extensions import db
from events_app.shared.datafile import DataFileError
from events_app.shared.errors import DomainError
from events_app.web.access import clock_of

Command = TypeVar("Command", bound=Callable[..., Any])


class IsoDate(click.ParamType):  # type: ignore[type-arg]
    """A date as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or fail with a sentence."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} is no date of the form YYYY-MM-DD", param, ctx)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Plans, publishes and remembers the meetings that the OSCE holds with its Partners for Co-operation."""


def json_option(command: Command) -> Command:
    """Give a command `--json`: one JSON document on standard output and nothing else."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def print_json(value: Any) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def settings() -> Settings:
    """Return the settings of this installation."""
    return read_settings(os.environ)


@contextmanager
def application() -> Iterator[Flask]:
    """Open the application for a command that needs the database, and close the database after it."""
    app = create_app(settings())
    with app.app_context():
        read_as_of(db.session(), clock_of(app).now())
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def main() -> None:
    """Run the command line; the exit status tells bad input (2) from other trouble (1)."""
    try:
        status = cli.main(standalone_mode=False)
    except click.ClickException as error:
        _fail(error.format_message(), 2)
    except DataFileError as error:
        _fail(str(error), 1)
    except DomainError as error:
        _fail(str(error), 2)
    except DatabaseError as error:
        _fail(f"the database cannot be used ({error.orig}); has `events-app init` been run?", 1)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    sys.exit(status if isinstance(status, int) else 0)


def _fail(sentence: str, status: int) -> None:
    click.echo(" ".join(sentence.split()), err=True)
    sys.exit(status)


from events_app.cli import backup, facts, feeds, holidays, importing, mail, mail_in, people, planning, serving  # noqa: E402, F401  (they add their commands)
