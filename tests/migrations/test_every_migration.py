"""The migrations build exactly the tables that the code wants, and each can be taken back."""

import os
from datetime import UTC, datetime
from uuid import uuid4

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import OperationalError

from events_app.app import create_app
from events_app.config import Settings
from events_app.extensions import db
from events_app.init import initialise
from events_app.schema import add_migrations
from events_app.shared.database import Base

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
SERVER = os.environ.get("TEST_POSTGRESQL_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


@pytest.fixture
def postgresql_database():
    """A throwaway database on the PostgreSQL server of this machine."""
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    name = f"migrations_{uuid4().hex[:12]}"
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
    except OperationalError:
        server.dispose()
        pytest.skip("no PostgreSQL server answers")
    yield server.url.set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_app(request, tmp_path):
    """The application on a database without tables, of each sort."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgresql_database")
    app = create_app(Settings(instance_path=tmp_path, secret_key="for tests only", database_url=url))
    add_migrations(app)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def revisions(app):
    """Every revision with the one before it, the oldest first."""
    scripts = ScriptDirectory(app.extensions["migrate"].directory).walk_revisions()
    return [(script.revision, script.down_revision or "base") for script in reversed(list(scripts))]


def tables():
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_nothing_is_left_to_migrate(empty_app):
    with empty_app.app_context():
        flask_migrate.upgrade()
    done = empty_app.test_cli_runner().invoke(args=["db", "check"])
    assert done.exit_code == 0, done.output


def test_each_migration_goes_up_and_down_and_up_again(empty_app):
    with empty_app.app_context():
        for revision, before in revisions(empty_app):
            flask_migrate.upgrade(revision=revision)
            flask_migrate.downgrade(revision=before)
            flask_migrate.upgrade(revision=revision)
        assert tables() == set(Base.metadata.tables)


def test_going_all_the_way_down_leaves_nothing_behind(empty_app):
    with empty_app.app_context():
        flask_migrate.upgrade()
        flask_migrate.downgrade(revision="base")
        assert tables() == set()


def test_the_facts_fit_into_the_migrated_tables_and_can_be_loaded_twice(empty_app):
    with empty_app.app_context():
        initialise(NOW)
        before = counts()
        initialise(NOW)
        assert counts() == before
        assert before["state"] == 68
        assert before["event"] == 0
    done = empty_app.test_client().get("/readyz")
    assert (done.status_code, done.json) == (200, {"status": "ok"})


def counts():
    with db.engine.connect() as connection:
        names = sorted(Base.metadata.tables)
        return {name: connection.scalar(text(f'SELECT count(*) FROM "{name}"')) for name in names}
