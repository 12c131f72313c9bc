"""The readers that did not write our feeds: how each is run, and what each is known not to see."""

import ctypes.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from events_app.dates.wall_time import is_repeated
from tests.eyes.expected import Expected

FOLDER = Path(__file__).parent
CLIENTS = FOLDER.parents[1] / ".venv-clients" / "bin"
NODE_MODULES = FOLDER / "node_modules"
FAR_AWAY = "Pacific/Auckland"

Limit = Callable[[Expected], bool]


@dataclass(frozen=True)
class Reader:
    """A reader: `limits` says by check which events it is known to misread; nothing else is forgiven.

    `needs` is what must be installed: a package of npm or of the client environment, a shared library, or nothing.
    With `knows_vtimezone` it finds its way by the VTIMEZONE of the file alone. A slow one gets fewer feeds.
    """

    name: str
    script: str
    needs: str = ""
    knows_vtimezone: bool = True
    keeps_order: bool = True
    is_slow: bool = False
    limits: Mapping[str, Limit] = field(default_factory=dict)

    def missing(self) -> str:
        """Return a sentence on what to install, empty if the reader can run."""
        if self.needs == "libical":
            return "" if ctypes.util.find_library("ical") else f"{self.name}: install Debian's libical3"
        if self.script.endswith(".mjs"):
            return "" if self._is_in_node() else f"{self.name}: install Node.js, then run `make readers`"
        return "" if not self.needs or self._interpreter().exists() else f"{self.name}: run `make readers`"

    def is_as_old_as_its_machine(self, check: str) -> bool:
        """Return whether a limit depends on the tz database of the machine, which may have become younger."""
        return check == "instants" and not self.knows_vtimezone

    def run(self, asked: Mapping[str, Any], *arguments: str) -> dict[str, Any]:
        """Let the reader answer in a process of its own, on a machine that thinks itself in New Zealand."""
        command = [str(self._interpreter()), str(FOLDER / "readers" / self.script), *arguments]
        environment = {**os.environ, "TZ": FAR_AWAY, "PYTHONTZPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            command, input=json.dumps(asked).encode(), env=environment, capture_output=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def _interpreter(self) -> Path:
        if self.script.endswith(".mjs"):
            return Path(shutil.which("node") or "node")
        return CLIENTS / "python" if self.needs and self.needs != "libical" else Path(sys.executable)

    def _is_in_node(self) -> bool:
        return bool(shutil.which("node")) and (NODE_MODULES / self.needs).exists()


def always(event: Expected) -> bool:
    """Say that a reader does not know this of any event."""
    return True


def has_backslash_n(event: Expected) -> bool:
    r"""Say that a title has a backslash before an n, which becomes a line end where \n is decoded before \\."""
    return "\\n" in event.title


def is_in_viennas_repeated_hour(event: Expected) -> bool:
    """Say that an event touches a repeated hour of its zone, for which UTC is written, and one of Vienna.

    Vienna is in X-WR-TIMEZONE; times in UTC are converted into that zone, and their fold is lost.
    """
    ends = (event.starts_at, event.ends_at)
    return all(any(is_in_repeated_hour(at, name) for at in ends) for name in (event.zone_name, "Europe/Vienna"))


def is_in_repeated_hour(at: datetime, zone_name: str) -> bool:
    """Return whether the clocks of a zone show the time of an instant twice."""
    local = at.astimezone(ZoneInfo(zone_name))
    return is_repeated(local.date(), local.time(), zone_name)


def never_changes(event: Expected) -> bool:
    """Say that the zone of an event has one offset all year, so that its VTIMEZONE has no recurrence."""
    year = event.starts_at.year
    return len({offset_at(datetime(year, month, 1, tzinfo=UTC), event) for month in (1, 7)}) == 1


def passes_for_utc(event: Expected) -> bool:
    """Say that the VTIMEZONE of a zone is taken for UTC and passed over.

    The years 2000 to 2020 are looked at, when a VTIMEZONE that begins later still has the standard time.
    """
    return event.zone_name in ("Europe/London", "Africa/Casablanca")


def has_a_young_law(event: Expected) -> bool:
    """Say that a time is written with a zone whose law is younger than the tz database of some machines.

    Kazakhstan's is of 2024; Morocco's is of 2026, and times there are written in UTC until the end of 2027.
    """
    first_years = {"Asia/Almaty": 2026, "Africa/Casablanca": 2028}
    return "T" in event.start and event.starts_at.year >= first_years.get(event.zone_name, 9999)


def offset_at(at: datetime, event: Expected) -> timedelta | None:
    """Return the offset of an event's zone at an instant."""
    return at.astimezone(ZoneInfo(event.zone_name)).utcoffset()


READERS = (
    Reader("vobject", "by_vobject.py", limits={"zones": passes_for_utc}),
    Reader(
        "recurring-ical-events", "by_recurring_ical_events.py", keeps_order=False,
        limits={"instants": is_in_viennas_repeated_hour, "zones": is_in_viennas_repeated_hour},
    ),
    Reader("libical", "by_libical.py", "libical"),
    Reader("ical.js", "by_ical_js.mjs", "ical.js"),
    Reader(
        "node-ical", "by_node_ical.mjs", "node-ical", knows_vtimezone=False,
        limits={"titles": has_backslash_n, "instants": has_a_young_law},
    ),
    Reader("ical", "by_ical.py", "ical", limits={"zones": never_changes}),
    Reader(
        "ics", "by_ics.py", "ics", knows_vtimezone=False, keeps_order=False, is_slow=True,
        limits={"titles": has_backslash_n, "sequence": always},
    ),
)  # fmt: skip
