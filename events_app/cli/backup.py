"""`backup` and `restore`: a consistent copy of the data, and back again."""

from pathlib import Path

import click
from flask import Flask

from events_app.backup.archive import Archive, opened
from events_app.backup.errors import OtherRevisionError
from events_app.backup.restoring import (
    Restored,
    check_revision,
    check_that_nobody_works,
    drop_other_files,
    restore_backup,
)
from events_app.backup.taking import take_backup
from events_app.cli import application, cli
from events_app.extensions import begin_writing, db, transaction
from events_app.reminders.deriving import derive_letters
from events_app.schema import revision_of_code, revision_of_tables, upgrade_tables
from events_app.web.access import clock_of, settings_of


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write a consistent copy of the data into the new file FILE."""
    with application() as app:
        _check_tables()
        taken = take_backup(db.engine, settings_of(app).instance_path, file, revision_of_code(), clock_of(app).now())
    click.echo(f"{file} holds {taken.rows} rows and {taken.files} files.")


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--replace", is_flag=True, help="Lose what the database holds now.")
def restore(file: Path, replace: bool) -> None:
    """Put the data of FILE back; letters stay stopped until a secretary releases them."""
    with application() as app, opened(file) as archive:
        check_revision(archive, revision_of_code())
        upgrade_tables()
        check_that_nobody_works(db.engine, settings_of(app).instance_path)
        done, derived = _restored(app, archive, replace)
    click.echo(f"{done.rows} rows and {done.files} files are back; {done.stopped + derived} letters are stopped.")


def _restored(app: Flask, archive: Archive, replace: bool) -> tuple[Restored, int]:
    """Restore everything and derive at once what is due: in the days that were lost it may have been sent."""
    settings, now = settings_of(app), clock_of(app).now()
    begin_writing()
    with transaction() as session:
        done = restore_backup(session, archive, settings.instance_path, now, replace=replace)
        session.expunge_all()
        derived = derive_letters(session, settings.signing_key, settings.host, now)
    drop_other_files(archive, settings.instance_path)
    return done, derived


def _check_tables() -> None:
    with db.engine.connect() as connection:
        found, wanted = revision_of_tables(connection), revision_of_code()
    if found != wanted:
        raise OtherRevisionError(found, wanted)
