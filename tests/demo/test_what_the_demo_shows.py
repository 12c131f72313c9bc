"""The demonstration: it never ages, keeps what was changed, and touches nothing else."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_app.app import create_app, create_worker
from events_app.config import read_settings
from events_app.demo.start import NotADemoError, clear_demo, mark_as_demo, open_demo
from events_app.events.models import CONFIRMED, Event
from events_app.extensions import db
from events_app.mail.maildir import kept_letters
from events_app.mail.queries import outbox
from events_app.people.models import Person
from events_app.shared.clock import StoppedClock

DATES = (
    datetime(2026, 11, 21, 9, tzinfo=UTC),
    datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 12, tzinfo=UTC),
    datetime(2031, 1, 1, 0, 0, tzinfo=UTC),
)


@pytest.fixture
def demo_at(tmp_path: Path) -> Callable[[StoppedClock], Flask]:
    """Open the demonstration in a fresh folder, or again in the same one."""

    def start(clock: StoppedClock) -> Flask:
        mark_as_demo(tmp_path, 8000)
        app = create_app(read_settings({"EVENTS_INSTANCE_PATH": str(tmp_path)}), clock)
        open_demo(app)
        with app.app_context():
            db.engine.dispose()
        return app

    return start


@pytest.mark.parametrize("now", DATES, ids=lambda now: now.date().isoformat())
def test_on_any_day_it_shows_three_years_and_a_reminder_that_is_due(
    demo_at: Callable[[StoppedClock], Flask], tmp_path: Path, now: datetime
) -> None:
    clock = StoppedClock(now)
    app = demo_at(clock)
    with app.app_context(), Session(db.engine) as session:
        years = (now.year - 1, now.year, now.year + 1)
        confirmed = session.scalars(select(Event).where(Event.status == CONFIRMED)).unique().all()
        counted = Counter((event.starts_on.year, event.kind_key) for event in confirmed)
        db.engine.dispose()
    for year in years:
        assert counted[year, "contact-group-meeting"] == 12
        assert counted[year, "joint-meeting"] == 1
        assert counted[year, "conference"] == 2
        assert counted[year, "ministerial-council"] == 1
        assert counted[year, "permanent-council"] > 35
        assert counted[year, "forum"] > 30
        assert counted[year, "side-event"] >= 1
    with create_worker(read_settings({"EVENTS_INSTANCE_PATH": str(tmp_path)}), clock) as worker:
        assert worker.run_pass().sent >= 4
        assert worker.run_pass().sent == 0
        worker.engine.dispose()


def test_a_second_start_keeps_what_was_changed(demo_at: Callable[[StoppedClock], Flask]) -> None:
    clock = StoppedClock(DATES[0])
    app = demo_at(clock)
    with app.app_context(), Session(db.engine) as session:
        before = session.scalar(select(func.count()).select_from(Event))
        session.get_one(Person, 1).name = "Somebody Else"
        session.commit()
        db.engine.dispose()
    clock.advance(timedelta(hours=1))
    app = demo_at(clock)
    with app.app_context(), Session(db.engine) as session:
        assert session.scalar(select(func.count()).select_from(Event)) == before
        assert session.get_one(Person, 1).name == "Somebody Else"
        db.engine.dispose()


def test_two_days_later_exactly_the_reminders_that_are_then_due_go_out_once(
    demo_at: Callable[[StoppedClock], Flask], tmp_path: Path
) -> None:
    clock = StoppedClock(DATES[0])
    demo_at(clock)
    settings = read_settings({"EVENTS_INSTANCE_PATH": str(tmp_path)})
    with create_worker(settings, clock) as worker:
        first = worker.run_pass().sent
    clock.advance(timedelta(days=2))
    with create_worker(settings, clock) as worker:
        later = worker.run_pass().sent
        assert worker.run_pass().sent == 0
        with Session(worker.engine) as session:
            letters = outbox(session)
        worker.engine.dispose()
    sent = [letter for letter in letters if letter["state"] == "sent"]
    assert len(sent) == first + later == len(kept_letters(tmp_path / "mail"))
    assert all(letter["due"] <= clock.now().isoformat() for letter in sent)
    assert len({letter["message_id"] for letter in sent}) == len(sent)


def test_starting_over_throws_away_the_demonstration_alone(tmp_path: Path) -> None:
    mark_as_demo(tmp_path, 8000)
    (tmp_path / "events.sqlite").write_text("demo")
    (tmp_path / "notes.txt").write_text("mine")
    clear_demo(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("step", [lambda folder: mark_as_demo(folder, 8000), clear_demo])
def test_a_real_installation_is_left_alone(tmp_path: Path, step: Callable[[Path], None]) -> None:
    (tmp_path / "events.sqlite").write_text("real data")
    with pytest.raises(NotADemoError):
        step(tmp_path)
    assert (tmp_path / "events.sqlite").read_text() == "real data"
