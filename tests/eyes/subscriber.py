"""Somebody who subscribes to a feed, with vdirsyncer or by khal's own import, and looks at it in khal."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.eyes.reading import CLIENTS

VDIRSYNCER = """
[general]
status_path = "{folder}/status"

[pair feed]
a = "site"
b = "here"
collections = null
conflict_resolution = "a wins"

[storage site]
type = "http"
url = "{feed}"

[storage here]
type = "filesystem"
path = "{folder}/events"
fileext = ".ics"
"""

KHAL = """
[calendars]
[[feed]]
path = {folder}/events

[sqlite]
path = {folder}/khal.db

[locale]
local_timezone = Europe/Vienna
default_timezone = Europe/Vienna
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""

SHOWN = "{start-full}|{end-full}|{all-day}|{title}|{status}|{uid}"
THE_YEAR = ("2027-01-01", "365d")

# vdirsyncer puts a digest of the content in the place of the UID of what it reads over HTTP, unless its own tests say.
KEEPING_UIDS = """
from vdirsyncer.cli import app
from vdirsyncer.storage.http import HttpStorage
HttpStorage._ignore_uids = False
app()
"""


@dataclass(frozen=True)
class Subscriber:
    """Somebody with a folder of events, configured by `subscribed`."""

    folder: Path
    feed: str

    def pull(self, *, keeping_uids: bool = False) -> str:
        """Synchronise with vdirsyncer and return what it says."""
        program = [str(CLIENTS / "python"), "-c", KEEPING_UIDS] if keeping_uids else [str(CLIENTS / "vdirsyncer")]
        configured = [*program, "-c", str(self.folder / "vdirsyncer.conf")]
        if not (self.folder / "status").exists():
            self._run([*configured, "discover"])
        return self._run([*configured, "sync"])

    def import_feed(self) -> None:
        """Fetch the feed and let khal import it, over what it has."""
        fetched = self.folder / "fetched.ics"
        with urlopen(self.feed) as answer:
            fetched.write_bytes(answer.read())
        self._khal("import", "--batch", str(fetched))

    def kept(self) -> dict[str, str]:
        """Return {file name: text} of the events kept here."""
        return {path.name: path.read_text(encoding="utf-8") for path in (self.folder / "events").glob("*.ics")}

    def agenda(self) -> list[list[str]]:
        """Return what khal lists of 2027: [start, end, all day, title, status, uid], in Vienna's time."""
        shown = self._khal(
            "list", "--once", "--notstarted", "--day-format", "", "--format", SHOWN, "2027-01-01", "365d"
        )
        lines = [line.split("|") for line in shown.splitlines() if "|" in line]
        return [[part.strip() for part in line] for line in lines]

    def _khal(self, *arguments: str) -> str:
        return self._run([str(CLIENTS / "khal"), "-c", str(self.folder / "khal.conf"), *arguments])

    def _run(self, command: list[str]) -> str:
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8", "TZ": "Asia/Tokyo"}
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


def subscribed(folder: Path, feed: str) -> Subscriber:
    """Return a subscriber to the feed of an address, who has nothing yet."""
    (folder / "events").mkdir(parents=True)
    for name, text in {"vdirsyncer": VDIRSYNCER, "khal": KHAL}.items():
        (folder / f"{name}.conf").write_text(text.format(folder=folder, feed=feed))
    return Subscriber(folder, feed)
