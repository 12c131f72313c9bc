"""The revision of the tables: which they have, which the code wants, and how they get there.

Alembic is imported when it is asked: it takes a tenth of the start of every command, and few need it.
"""

from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import Connection

from events_app.extensions import db

MIGRATIONS = Path(__file__).parent / "migrations"


def add_migrations(app: Flask) -> None:
    """Give the application Flask-Migrate, and with it the commands `flask db`."""
    from flask_migrate import Migrate

    Migrate(render_as_batch=True, compare_type=True).init_app(app, db, directory=str(MIGRATIONS))


def upgrade_tables() -> None:
    """Run the migrations that the database has not seen; needs the application's context."""
    import flask_migrate

    if "migrate" not in current_app.extensions:
        add_migrations(current_app)
    flask_migrate.upgrade()


def revision_of_code() -> str:
    """Return the revision that the code wants."""
    from alembic.script import ScriptDirectory

    return str(ScriptDirectory(str(MIGRATIONS)).get_current_head())


def revision_of_tables(connection: Connection) -> str | None:
    """Return the revision of a database; None: it has no tables of ours."""
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()
