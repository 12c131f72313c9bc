"""The demonstration opens on any day, shows what there is to show, keeps what was changed, and touches nothing else."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.app import create_app, create_worker
from events_app.config import Settings
from events_app.dates.holidays import public_holiday
from events_app.dates.recess import in_recess
from events_app.demo.start import NotADemoError, clear_demo, mark_as_demo, open_demo
from events_app.events.models import Answer, Event
from events_app.extensions import db
from events_app.mail.kinds import INVITATION
from events_app.mail.models import OutboxMessage
from events_app.people.models import Person
from events_app.planning.consultations.queries import unfinished_consultations
from events_app.planning.consultations.rules import outcome
from events_app.web.access import clock_of

DAYS = (
    date(2026, 11, 21), date(2028, 2, 29),
    *(pytest.param(day, marks=pytest.mark.faults) for day in (date(2027, 3, 28), date(2031, 1, 1))),
)  # fmt: skip
TUESDAY, WEDNESDAY, THURSDAY = 1, 2, 3


@dataclass
class Demo:
    """A demonstration opened on a day, with its events."""

    day: date
    settings: Settings
    app: object
    welcome: str
    events: list[Event]

    def of_year(self, kind, year, group=None):
        return [
            event
            for event in self.events
            if event.kind_key == kind
            and event.starts_on.year == year
            and (group is None or event.group_keys == (group,))
        ]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def demo(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "instance"
    settings = Settings(instance_path=folder, demo=True, now=datetime.combine(request.param, datetime.min.time(), UTC))
    mark_as_demo(folder, 8000)
    app = create_app(settings)
    welcome = open_demo(app)
    with app.app_context():
        with Session(db.engine) as session:
            events = list(session.scalars(select(Event).order_by(Event.starts_on)))
            yield Demo(request.param, settings, app, welcome, events)
        db.engine.dispose()


def test_last_this_and_next_year_have_their_meetings(demo):
    for year in (demo.day.year - 1, demo.day.year, demo.day.year + 1):
        for group in ("mediterranean", "asian"):
            assert len(demo.of_year("contact-group-meeting", year, group)) in (5, 6)
            assert len(demo.of_year("conference", year, group)) == 1
        assert len(demo.of_year("contact-group-meeting", year)) + len(demo.of_year("joint-meeting", year)) == 13
        assert len(demo.of_year("ministerial-council", year)) == 1
        assert len(demo.of_year("permanent-council", year)) > 35
        assert len(demo.of_year("forum", year)) > 35


def test_a_joint_meeting_is_one_event_of_both_groups(demo):
    assert {event.group_keys for event in demo.events if event.kind_key == "joint-meeting"} == {
        ("mediterranean", "asian")
    }


def test_the_weekly_meetings_fall_on_their_days_outside_the_recess(demo):
    for event in demo.events:
        if event.kind_key in ("permanent-council", "forum"):
            assert event.starts_on.weekday() == (THURSDAY if event.kind_key == "permanent-council" else WEDNESDAY)
            assert not in_recess(event.starts_on)
            assert not public_holiday(event.starts_on, "AT")


def test_the_meetings_are_held_on_usable_days(demo):
    kinds, next_days = ("contact-group-meeting", "joint-meeting"), demo.day + timedelta(days=4)
    held = [event.starts_on for event in demo.events if event.kind_key in kinds]
    assert all(day.weekday() < 5 for day in held)
    # One meeting is moved to the coming days, whatever they are, so that its reminder is due.
    assert all(not in_recess(day) for day in held if not demo.day < day <= next_days)


def test_the_conferences_have_side_events_and_agendas_for_both_days(demo):
    for group in ("mediterranean", "asian"):
        [conference] = demo.of_year("conference", demo.day.year + 1, group)
        assert (conference.ends_on - conference.starts_on).days == 1
        assert {point.held_on for point in conference.agenda} == {conference.starts_on, conference.ends_on}
        assert len(conference.children) >= 2
        assert conference.documents


def test_the_archive_is_there(demo):
    years = Counter(event.starts_on.year for event in demo.events if event.starts_on.year < demo.day.year - 1)
    assert sum(years.values()) > 40
    assert min(years) <= 2000


def test_every_status_is_there_to_see(demo):
    assert {event.status for event in demo.events} == {"draft", "proposed", "confirmed", "postponed", "cancelled"}


def test_a_poll_and_a_procedure_are_running(demo):
    with demo.app.app_context(), Session(db.engine) as session:
        now = demo.settings.now
        running = [(one.what, outcome(one, one.event, now)) for one in unfinished_consultations(session, now)]
    assert sorted(running) == [("no-objection", "open"), ("poll", "open")]


def test_there_is_somebody_of_every_role(demo):
    with demo.app.app_context(), Session(db.engine) as session:
        people = list(session.scalars(select(Person)))
        posts = {(post.role, post.state_code) for person in people for post in person.posts}
    assert any(person.is_secretary for person in people)
    assert {role for role, _ in posts} == {"contact-point", "delegate", "administrator"}
    assert {"FI", "JP", "JO"} <= {code for _, code in posts}
    assert all(person.email.endswith(".example") for person in people)


def test_whoever_starts_it_is_told_where_everything_is(demo):
    assert "http://localhost:8000" in demo.welcome
    assert "/feeds/all.ics" in demo.welcome
    assert "/outbox" in demo.welcome
    assert demo.welcome.count("/sign-in/") >= 5


def test_the_pages_open(demo):
    client = demo.app.test_client()
    this = f"/year/{demo.day.year}", f"/month/{demo.day:%Y-%m}"
    for path in (
        "/",
        *this,
        "/groups/",
        "/groups/asian",
        "/groups/mediterranean",
        "/events/",
        "/feeds/",
        "/feeds/all.ics",
        "/demo",
    ):
        assert client.get(path).status_code == 200, path


def test_a_reminder_is_due_at_once_and_goes_once(demo):
    with create_worker(demo.settings, clock_of(demo.app)) as worker:
        first, second = worker.run_pass(), worker.run_pass()
    assert first.derived >= 4
    assert first.sent == first.derived
    assert (second.derived, second.sent) == (0, 0)


def test_a_meeting_ahead_has_invitations_that_go_and_some_answers(demo):
    with create_worker(demo.settings, clock_of(demo.app)) as worker:
        worker.run_pass()
    with demo.app.app_context(), Session(db.engine) as session:
        letters = list(session.scalars(select(OutboxMessage).where(OutboxMessage.letter == INVITATION)))
        answers = {answer.state_code: answer.answer for answer in session.scalars(select(Answer))}
        [meeting] = {session.get(Event, letter.event_id) for letter in letters}
    assert {letter.state for letter in letters} == {"sent"}
    assert len(letters) >= 3
    assert answers == {"FI": "attends", "AT": "attends", "CH": "declines"}
    assert timedelta(days=20) < meeting.starts_at - datetime.combine(demo.day, datetime.min.time(), UTC)


def test_opening_it_again_keeps_what_was_changed(demo):
    with demo.app.app_context(), Session(db.engine) as session:
        changed = session.scalars(select(Event).where(Event.status == "confirmed")).first()
        changed.place = "Changed by hand"
        session.commit()
        event_id = changed.id
    again = create_app(demo.settings)
    open_demo(again)
    with again.app_context():
        with Session(db.engine) as session:
            assert session.get(Event, event_id).place == "Changed by hand"
            assert len(list(session.scalars(select(Event.id)))) == len(demo.events)
        db.engine.dispose()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "instance"


def test_a_folder_that_holds_something_else_is_left_alone(folder):
    folder.mkdir()
    (folder / "events.sqlite").write_bytes(b"somebody's work")
    for touch in (lambda: mark_as_demo(folder, 8000), lambda: clear_demo(folder)):
        with pytest.raises(NotADemoError):
            touch()
    assert [path.name for path in folder.iterdir()] == ["events.sqlite"]
    assert (folder / "events.sqlite").read_bytes() == b"somebody's work"


def test_a_folder_with_settings_of_its_own_is_left_alone(folder):
    folder.mkdir()
    (folder / "config.toml").write_text('secret_key = "mine"\n')
    with pytest.raises(NotADemoError):
        mark_as_demo(folder, 8000)
    assert (folder / "config.toml").read_text() == 'secret_key = "mine"\n'


def test_starting_over_throws_away_the_demonstration_and_nothing_else(folder):
    mark_as_demo(folder, 8000)
    (folder / "mail" / "new").mkdir(parents=True)
    for name in ("events.sqlite", "events.sqlite-wal", "notes.txt", "mail/new/letter"):
        (folder / name).write_text("x")
    clear_demo(folder)
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


def test_starting_over_where_nothing_is_does_nothing(folder):
    clear_demo(folder)
    assert not folder.exists()


def test_the_port_of_the_last_start_counts(folder):
    mark_as_demo(folder, 8000)
    mark_as_demo(folder, 9000)
    assert "localhost:9000" in (folder / "config.toml").read_text()


def test_the_clock_of_the_demonstration_runs(folder):
    settings = Settings(instance_path=folder, demo=True, now=datetime(2027, 3, 28, tzinfo=UTC))
    clock = create_app(settings).extensions["clock"]
    assert timedelta() <= clock.now() - datetime(2027, 3, 28, tzinfo=UTC) < timedelta(minutes=1)
