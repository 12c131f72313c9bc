"""Instants are stored in UTC, and never without a zone; SQLite is opened strictly."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError, StatementError

from events_app.people.models import Person, Post
from events_app.shared.database import prepare_engine


def person(created_at):
    return Person(email="a@b.example", name="A", created_at=created_at)


def test_an_instant_is_stored_in_utc_and_comes_back_aware(session):
    session.add(person(datetime(2027, 3, 2, 10, tzinfo=ZoneInfo("Asia/Tokyo"))))
    session.commit()
    assert session.scalar(text("SELECT created_at FROM person")) == "2027-03-02 01:00:00.000000"
    session.expire_all()
    [found] = session.query(Person)
    assert found.created_at == datetime(2027, 3, 2, 1, tzinfo=UTC)
    assert found.created_at.tzinfo is UTC


def test_a_naive_time_is_refused(session):
    session.add(person(datetime(2027, 3, 2, 10)))  # noqa: DTZ001
    with pytest.raises(StatementError, match="needs a time zone"):
        session.flush()


def test_a_row_cannot_refer_to_what_is_not_there(session):
    session.add(
        Post(person_id=99, state_code="CH", role="delegate", valid_from=datetime(2026, 1, 1, tzinfo=UTC).date())
    )
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("busy_timeout", 5000), ("foreign_keys", 1)]
)
def test_the_database_is_durable_and_strict(settings, pragma, value):
    engine = prepare_engine(create_engine(settings.database_address))
    with engine.connect() as connection:
        assert connection.scalar(text(f"PRAGMA {pragma}")) == value
    engine.dispose()
