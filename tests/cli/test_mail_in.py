"""`events-app mail-in`: the pipe of a mail server, once as a process of its own and else in this one."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

ODD = b"From: Ben <ben@elsewhere.example>\nSubject: Hello\n\nHow are you?\n"
HOUSE = Path(__file__).parents[2]


@pytest.fixture
def pipe(settings, engine):
    """Hand a mail to the command, as a process of its own."""
    engine.dispose()

    def run(content: bytes, *options: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        usual = {
            "EVENTS_INSTANCE_PATH": str(settings.instance_path),
            "EVENTS_SECRET_KEY": settings.secret_key,
            "PYTHONPATH": str(HOUSE),
        }
        command = [sys.executable, "-m", "events_app.cli", "mail-in", *options]
        return subprocess.run(command, input=content, capture_output=True, env={**usual, **environment}, check=False)

    return run


@pytest.fixture
def hand_over(run, monkeypatch):
    """Hand a mail to the command in this process."""

    def command(content: bytes, *options: str):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        return run("mail-in", *options)

    return command


def test_a_mail_is_stored_and_nothing_is_said(pipe, settings):
    done = pipe(ODD, "--to", "partners@calendar.example")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    [kept] = (settings.instance_path / "mail-in").iterdir()
    assert kept.read_bytes() == ODD


def test_the_mail_comes_again_when_a_setting_is_wrong(pipe):
    assert pipe(ODD, EVENTS_SECRET_KEY="").returncode == 75


def test_what_became_of_it_is_told_when_asked(hand_over):
    assert json.loads(hand_over(ODD, "--json").out) == {"sort": "other", "outcome": "to-read"}


def test_a_hostile_mail_is_stored_as_well(hand_over):
    done = hand_over(b"From: " + b"(" * 100_000 + b"\n\n\0", "--json")
    assert (done.status, json.loads(done.out)["sort"]) == (0, "other")


def test_the_mail_comes_again_when_the_database_cannot_be_used(hand_over, monkeypatch, tmp_path):
    monkeypatch.setenv("EVENTS_DATABASE_URL", f"sqlite:///{tmp_path / 'nowhere' / 'events.sqlite'}")
    done = hand_over(ODD)
    assert (done.status, done.out, done.err.count("\n")) == (75, "", 1)


def test_the_mail_comes_again_when_there_are_no_tables(hand_over, session):
    session.execute(text("DROP TABLE incoming_mail"))
    session.commit()
    assert hand_over(ODD).status == 75
