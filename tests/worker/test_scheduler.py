"""The scheduler ticks in a process of its own until it is told to end."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys, time
from datetime import timedelta
from pathlib import Path
from sqlalchemy import create_engine
from events_app.mail.postbox import PostBox
from events_app.shared.clock import SystemClock
from events_app.shared.database import prepare_engine
from events_app.worker.loop import Worker
from events_app.worker.scheduler import run_ticking

def derive(session, now):
    print("tick", flush=True)
    if sys.argv[3] == "hanging":
        time.sleep(60)
    return 0

engine = prepare_engine(create_engine(sys.argv[1]))
worker = Worker(engine, PostBox(), derive, lambda *_: None, SystemClock(), Path(sys.argv[2]))
run_ticking(worker, every=timedelta(seconds=0.2), hanging=timedelta(seconds=float(sys.argv[4])))
print("ended", flush=True)
"""


@pytest.fixture
def ticking(blank_database, tmp_path):
    """Start a ticking process."""
    path = tmp_path / "events.sqlite"
    path.write_bytes(blank_database.read_bytes())
    running = []

    def start(manner="well"):
        command = [
            sys.executable,
            "-c",
            PROGRAM,
            f"sqlite:///{path}",
            tmp_path,
            manner,
            "0.5" if manner == "hanging" else "60",
        ]
        root = Path(__file__).parents[2]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        running.append(subprocess.Popen(command, cwd=root, **pipes))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_passes_follow_each_other_until_the_process_is_asked_to_end(ticking):
    process = ticking()
    assert [process.stdout.readline() for _ in range(3)] == ["tick\n"] * 3
    process.send_signal(signal.SIGTERM)
    said, errors = process.communicate(timeout=60)
    assert said.endswith("ended\n")
    assert (process.returncode, errors) == (0, "")


def test_a_worker_that_hangs_is_ended_and_says_where(ticking):
    process = ticking("hanging")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "in derive" in errors
