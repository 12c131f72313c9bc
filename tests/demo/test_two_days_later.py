"""Two days later the demonstration sends exactly the reminders that are then due, once, though its worker is killed."""

import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from pathlib import Path
from time import monotonic, sleep
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from events_app.dates.holidays import public_holiday
from events_app.events.models import Event
from events_app.mail.models import OutboxMessage
from events_app.partnership.queries import partnership
from events_app.people.models import Person

FIRST = datetime(2027, 3, 15, 9, 30, tzinfo=UTC)
LATER = FIRST + timedelta(days=2)
EVENTS_APP = Path(sys.executable).with_name("events-app")
ORGANISERS, CONTACT_POINTS = (14, 2, 1), (14, 2)
PATIENCE = 120


class Demo:
    """A demonstration in a folder, run as the processes that `make demo` runs."""

    def __init__(self, folder):
        self.folder, self.log = folder, folder.parent / "log"
        self.engine = create_engine(f"sqlite:///{folder / 'events.sqlite'}")

    @contextmanager
    def running(self, now):
        with self.log.open("ab") as log:
            command = [EVENTS_APP, "demo", "--port", str(free_port())]
            process = subprocess.Popen(command, env=self.variables(now), stdout=log, stderr=log)
            try:
                yield process
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(timeout=60)

    def send_due(self, now):
        """Run one pass of the worker by hand."""
        subprocess.run([EVENTS_APP, "send-due"], env=self.variables(now), check=True, capture_output=True, timeout=60)

    def variables(self, now):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("EVENTS_")}
        return {**kept, "EVENTS_INSTANCE_PATH": str(self.folder), "EVENTS_NOW": now.isoformat()}

    def letters(self):
        """Every reminder in the outbox."""
        return [letter for letter in self.outbox() if letter.letter == "event-reminder"]

    def outbox(self):
        with Session(self.engine) as session:
            return list(session.scalars(select(OutboxMessage)))

    def sent(self):
        """The Message-ID of every letter that was sent."""
        return [letter.message_id for letter in self.outbox() if letter.state == "sent"]

    def kept(self):
        """The Message-ID of every letter in the Maildir."""
        files = sorted((self.folder / "mail" / "new").glob("*"))
        return [message_from_bytes(file.read_bytes())["Message-ID"] for file in files]

    def is_quiet(self):
        letters = self.outbox()
        return bool(letters) and all(letter.state in ("sent", "expired") for letter in letters)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(is_so, why):
    ends = monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < ends, why
        sleep(0.02)


def children(process):
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()] + [
        int(pid)
        for task in Path(f"/proc/{process.pid}/task").iterdir()
        if task.name != str(process.pid)
        for pid in (task / "children").read_text().split()
    ]


def in_state(letters, *states):
    return {(letter.event_id, letter.person_id, letter.facts["days"]) for letter in letters if letter.state in states}


def due_between(engine, since, until):
    """What is due by the words of the issue: (event, person, days before) for meetings of a Contact Group."""
    with Session(engine) as session:
        facts = partnership(session)
        people = list(session.scalars(select(Person)))
        kinds = ("contact-group-meeting", "joint-meeting")
        events = session.scalars(select(Event).where(Event.kind_key.in_(kinds), Event.status == "confirmed"))
        return {
            (event.id, person.id, days)
            for event in events
            for person in people
            for days in days_for(person, event, facts)
            if since < fires(event, days) <= until < end_of(event, days, person, facts)
        }


def days_for(person, event, facts):
    codes = {post.state_code for post in person.posts if post.role == "contact-point"}
    chairs = {chair.state_code for chair in facts.chairs(event.group_keys, event.starts_on) if chair.is_decided}
    invited = {*facts.participating(event.starts_on), *facts.partners(event.group_keys, event.starts_on)}
    if person.is_secretary or codes & chairs:
        return ORGANISERS
    return CONTACT_POINTS if codes & invited else ()


def fires(event, days):
    day = event.starts_on - timedelta(days=days)
    while day.weekday() >= 5 or public_holiday(day, "AT"):
        day -= timedelta(days=1)
    return datetime.combine(day, time(9), ZoneInfo(event.time_zone))


def end_of(event, days, person, facts):
    """A reminder is worth sending until the next one fires."""
    later = [fires(event, n) for n in days_for(person, event, facts) if n < days]
    return min([*later, event.starts_at.astimezone(UTC)])


@pytest.fixture
def demo(tmp_path):
    demo = Demo(tmp_path / "instance")
    yield demo
    demo.engine.dispose()


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="there is no /proc to find the worker's process in")
def test_the_reminders_that_are_due_two_days_later_go_once_though_the_worker_is_killed(demo):
    with demo.running(FIRST):
        wait_for(lambda: (demo.folder / "mail").is_dir() and demo.is_quiet(), demo.log.read_text)
    before = in_state(demo.letters(), "sent")
    assert Counter(demo.kept()) == Counter(demo.sent())
    due = due_between(demo.engine, FIRST, LATER)
    assert len(due) > 3, "two days on which something is due are needed here"
    count = len(demo.kept())
    with demo.running(LATER) as process:
        wait_for(lambda: len(demo.kept()) > count, demo.log.read_text)
        killed = children(process)
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        wait_for(lambda: set(children(process)) - set(killed), demo.log.read_text)
        wait_for(lambda: due <= in_state(demo.letters(), "sent", "in-doubt"), demo.log.read_text)
    # What the killed worker may have sent is in doubt for two minutes, then the same bytes go again.
    demo.send_due(LATER + timedelta(minutes=5))
    letters = demo.letters()
    assert in_state(letters, "sent") - before == due
    assert in_state(letters, "in-doubt", "pending", "sending", "failed") == set()
    assert Counter(demo.kept()) == Counter(demo.sent())
