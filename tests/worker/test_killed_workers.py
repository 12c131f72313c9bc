"""A worker that is killed loses nothing, and doubles only what is known to be in doubt."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from time import sleep

import pytest

from events_app.worker.loop import PassReport

VICTIM = Path(__file__).parent / "victim.py"
TWO_MINUTES = timedelta(minutes=2)


def wait_until_noticed(worker, owner):
    """Wait until the database server has noticed that its client is gone; the operating system knows at once."""
    for _ in range(200):
        with worker.lock.over(owner) as is_dead:
            if is_dead:
                return
        sleep(0.05)


@pytest.fixture
def killed_at(engine, clock, tmp_path, mail_server, worker, stored):
    """Run a worker in a process of its own and kill it (-9) when it comes to the given point."""
    running = []

    def kill(point):
        url = engine.url.render_as_string(hide_password=False)
        command = [sys.executable, VICTIM, url, tmp_path, str(mail_server.port), clock.now().isoformat(), point]
        victim = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=VICTIM.parents[2])
        running.append(victim)
        if point == "data":
            assert mail_server.in_data.wait(60)
        else:
            assert victim.stdout.readline() == f"{point}\n"
        victim.kill()
        victim.wait()
        wait_until_noticed(worker, stored("anna").owner)

    yield kill
    for victim in running:
        victim.kill()
        victim.communicate()


def test_a_worker_killed_before_it_sends_loses_nothing(killed_at, worker, put, reminder, stored, mail_server):
    put(reminder("anna"), reminder("ben"))
    killed_at("writing")
    assert {m.state for m in stored().values()} == {"sending"}
    assert worker.run_pass() == PassReport(sent=2)
    assert mail_server.addresses == ["anna@delegations.example", "ben@delegations.example"]


def test_a_worker_killed_in_the_middle_of_the_data_leaves_doubt_that_is_resolved(
    killed_at, worker, put, reminder, stored, clock, mail_server
):
    put(reminder("anna"), reminder("ben"))
    mail_server.is_stalling = True
    killed_at("data")
    mail_server.is_stalling = False
    assert worker.run_pass() == PassReport(sent=1, in_doubt=1)
    assert (stored("anna").state, stored("ben").state) == ("in-doubt", "sent")
    clock.advance(TWO_MINUTES)
    assert worker.run_pass() == PassReport(sent=1)
    assert b"Written by the victim" in mail_server.letters[-1][1]


def test_a_worker_killed_after_acceptance_sends_the_same_bytes_again(
    killed_at, worker, put, reminder, stored, clock, mail_server
):
    put(reminder())
    killed_at("accepted")
    assert worker.run_pass() == PassReport(in_doubt=1)
    assert worker.run_pass() == PassReport()
    clock.advance(TWO_MINUTES)
    assert worker.run_pass() == PassReport(sent=1)
    first, second = mail_server.letters
    assert first == second
    assert stored("anna").message_id.encode() in first[1]
