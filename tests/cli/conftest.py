"""What the tests of the command line ask for: an installation, and its commands."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from events_app.cli import main
from events_app.config import Settings

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Answer:
    """What a command said, and with which status it ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def instance(settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an installation that is ready, named in the environment."""
    for name in [name for name in os.environ if name.startswith("EVENTS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("EVENTS_INSTANCE_PATH", str(settings.instance_path))
    monkeypatch.setenv("EVENTS_SECRET_KEY", settings.secret_key)
    return settings.instance_path


@pytest.fixture
def run(
    instance: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Answer]:
    """Run a command in this process."""

    def command(*words: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["events-app", *words])
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capfdbinary.readouterr()
        return Answer(int(ended.value.code or 0), said.out.decode(), said.err.decode())

    return command


@pytest.fixture
def run_apart() -> Callable[..., Answer]:
    """Run a command as a process of its own, in a folder, with only these variables."""

    def command(*words: str, folder: Path, **variables: str) -> Answer:
        known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment = {**known, **variables, "EVENTS_INSTANCE_PATH": str(folder), "PYTHONPATH": str(ROOT)}
        words = (sys.executable, "-m", "events_app.cli", *words)
        done = subprocess.run(words, env=environment, cwd=folder, capture_output=True, text=True, timeout=60)
        return Answer(done.returncode, done.stdout, done.stderr)

    return command
