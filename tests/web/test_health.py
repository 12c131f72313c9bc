"""What the site says of its own health to whoever watches the machine."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from events_app.app import create_app, create_worker
from events_app.config import Settings
from events_app.extensions import db
from events_app.schema import upgrade_tables


@pytest.fixture
def empty_site(tmp_path: Path):
    """A site whose database has no tables."""
    site = create_app(Settings(instance_path=tmp_path / "empty", secret_key="for tests only"))
    yield site
    with site.app_context():
        db.session.remove()
        db.engine.dispose()


def test_the_process_is_alive(client):
    assert client.get("/healthz").json == {"status": "ok"}


def test_the_process_is_alive_without_a_database(empty_site):
    assert empty_site.test_client().get("/healthz").status_code == 200


def test_a_site_without_its_migrations_is_not_ready(empty_site):
    answer = empty_site.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "migrations are missing"})
    with empty_site.app_context():
        upgrade_tables()
    assert empty_site.test_client().get("/readyz").status_code == 200


def test_a_site_whose_database_is_ahead_is_not_ready(empty_site):
    with empty_site.app_context():
        upgrade_tables()
        with db.engine.connect() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
            connection.commit()
    assert empty_site.test_client().get("/readyz").status_code == 503


def test_a_site_whose_database_cannot_be_read_is_not_ready(empty_site, tmp_path):
    (tmp_path / "empty" / "events.sqlite").write_bytes(b"this is no database" * 1000)
    assert empty_site.test_client().get("/readyz").status_code == 503


def test_a_page_without_a_database_says_that_the_fault_is_ours(empty_site):
    empty_site.testing = False
    answer = empty_site.test_client().get("/")
    assert answer.status_code == 500
    assert "The fault is ours" in answer.text
    assert "sqlite" not in answer.text.lower()


def test_letters_go_out_while_a_worker_beats(client, settings, clock):
    assert client.get("/readyz/mail").status_code == 503
    with create_worker(settings, clock) as worker:
        worker.run_pass()
    answer = client.get("/readyz/mail").json
    assert (answer["status"], answer["reasons"]) == ("ok", [])
    clock.advance(timedelta(seconds=91))
    answer = client.get("/readyz/mail")
    assert (answer.status_code, answer.json["reasons"]) == (503, ["no-heartbeat"])
