"""The wheel carries everything: installed into an empty environment it gets ready and serves pages with their style."""

import os
import re
import socket
import subprocess
import sys
import sysconfig
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]


def run(*command, cwd=None, env=None):
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    [found] = folder.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def empty_environment(wheel, tmp_path_factory):
    """An environment that holds the wheel alone; what it depends on is borrowed from the one that runs the tests."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", str(folder))
    python = folder / "bin" / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
        str(wheel),
    )
    [packages] = folder.glob("lib/python*/site-packages")
    # Only the folder is borrowed: its own .pth files, such as the one of an editable install, are not followed.
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


@pytest.fixture
def installed(empty_environment, tmp_path):
    """Where to run a command of the installed wheel, and with which variables."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EVENTS_", "PYTHON"))}
    variables = {"EVENTS_INSTANCE_PATH": str(tmp_path / "instance"), "EVENTS_SECRET_KEY": "for tests only"}
    return {"cwd": tmp_path, "env": {**kept, **variables}}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetched(address):
    """Return the text at an address, waiting until the server answers."""
    ends = monotonic() + 60
    while True:
        try:
            with urlopen(address, timeout=10) as answer:
                return answer.read().decode()
        except (URLError, ConnectionError):
            if monotonic() > ends:
                raise
            sleep(0.1)


@pytest.mark.eyes
def test_the_wheel_is_what_runs(empty_environment, installed):
    code = "import events_app.app as a; print(a.__file__, a.asset_folder('templates'), a.asset_folder('static'))"
    for place in run(str(empty_environment / "bin" / "python"), "-c", code, **installed).split():
        assert Path(place).is_relative_to(empty_environment)


@pytest.mark.eyes
def test_the_installed_wheel_gets_ready_and_serves_a_page_with_its_style(empty_environment, installed):
    command, port = str(empty_environment / "bin" / "events-app"), free_port()
    assert run(command, "init", **installed) == "The database is ready.\n"
    server = subprocess.Popen([command, "web", "--port", str(port)], stderr=subprocess.DEVNULL, **installed)
    try:
        page = fetched(f"http://127.0.0.1:{port}/")
        assert "<title>" in page
        sheets = re.findall(r'href="(/static/[^"]+\.css[^"]*)"', page)
        assert sheets
        assert all("{" in fetched(f"http://127.0.0.1:{port}{sheet}") for sheet in sheets)
        assert 'dir="rtl"' in fetched(f"http://127.0.0.1:{port}/?lang=ar")
        assert "ok" in fetched(f"http://127.0.0.1:{port}/readyz")
    finally:
        server.terminate()
        server.wait(timeout=30)


def test_the_editable_install_finds_templates_and_style_beside_the_package(tmp_path):
    code = "import events_app.app as a; print(a.asset_folder('templates')); print(a.asset_folder('static'))"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    folders = [Path(line) for line in run(sys.executable, "-c", code, cwd=tmp_path, env=kept).splitlines()]
    assert (folders[0] / "base.html").is_file()
    assert (folders[1] / "css").is_dir()
