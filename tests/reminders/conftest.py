"""What the tests of the reminders ask for: events that need no database, people, and letters by name."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.dates.errors import SkippedTimeError
from events_app.dates.wall_time import instant_of
from events_app.events.models import Event
from events_app.mail.kinds import EVENT_REMINDER
from events_app.mail.models import OutboxMessage
from events_app.mail.postbox import PostBox
from events_app.people.models import Person


@pytest.fixture
def unsaved_event() -> Callable[[date, time, str], Event]:
    def make(day: date, at: time, zone: str) -> Event:
        try:
            starts_at = instant_of(day, at, zone)
        except SkippedTimeError:
            at = time(12)
            starts_at = instant_of(day, at, zone)
        return Event(
            starts_on=day, start_time=at, time_zone=zone, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)
        )

    return make


@pytest.fixture
def people(make_person: Callable[..., Person]) -> dict[str, Person]:
    """A secretary, and people of Switzerland (chair of the Asian group in 2027), Japan and Tunisia."""
    return {
        "clara": make_person("clara", secretary=True),
        "luca": make_person("luca", "CH"),
        "haruto": make_person("haruto", "JP"),
        "leila": make_person("leila", "TN"),
        "dan": make_person("dan", "JP", "delegate"),
        "eva": make_person("eva", "JP", "administrator"),
    }


@pytest.fixture
def meeting(make_event: Callable[..., Event]) -> Event:
    """A meeting of the Asian group on Tuesday, 2 March 2027, 10:00 in Vienna."""
    return make_event(group_keys=("asian",), theme="Transport")


@pytest.fixture
def reminded(run_pass: Callable[[], Any], post_box: PostBox, clock: Any) -> Callable[[datetime], list[str]]:
    """Run a pass at an instant; return who got a reminder, by name."""

    def at(instant: datetime) -> list[str]:
        clock.move_to(instant)
        before = len(post_box.letters)
        run_pass()
        sent = [letter for letter in post_box.letters[before:] if "event-reminder" in letter.message["List-Id"]]
        return sorted(letter.address.partition("@")[0] for letter in sent)

    return at


@pytest.fixture
def outbox(session: Session) -> Callable[[], list[tuple[str, int, str]]]:
    """Return every reminder as (name, days before, state)."""

    def rows() -> list[tuple[str, int, str]]:
        session.expire_all()
        found = session.scalars(select(OutboxMessage).where(OutboxMessage.letter == EVENT_REMINDER)).all()
        session.rollback()
        return sorted((row.address.partition("@")[0], row.facts["days"], row.state) for row in found)

    return rows
