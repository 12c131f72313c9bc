"""Time zones by IANA name, always from the tz database installed with the application."""

import zoneinfo
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from events_app.dates.errors import UnknownZoneError

# A machine's own database may be years old or patched: two machines must never disagree about an instant.
zoneinfo.reset_tzpath(())
ZoneInfo.clear_cache()

UTC_NAME = "UTC"
HOME_ZONE = "Europe/Vienna"  # of the seat


def zone(name: str) -> ZoneInfo:
    """Return the zone of an IANA name, also of an old one; raises UnknownZoneError."""
    if name not in _known_names():
        raise UnknownZoneError(name)
    return ZoneInfo(name)


@cache
def zone_names() -> tuple[str, ...]:
    """Return the names to choose from, sorted: those that zone.tab gives to places, and UTC."""
    lines = _database_text("zoneinfo/zone.tab").splitlines()
    places = {line.split("\t")[2] for line in lines if line and not line.startswith("#")}
    return tuple(sorted(places | {UTC_NAME}))


def zone_file(name: str) -> bytes:
    """Return the compiled form (TZif, RFC 9636) of a zone; raises UnknownZoneError."""
    if name not in _known_names():
        raise UnknownZoneError(name)
    return resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()


@cache
def tz_version() -> str:
    """Return the version of the tz database in use, such as 2026a."""
    return _database_text("zoneinfo/tzdata.zi").split("\n", 1)[0].removeprefix("# version ")


@cache
def _known_names() -> frozenset[str]:
    # Only names of this list reach the file system, which settles every hostile one.
    return frozenset(_database_text("zones").split()) - {"Factory"}


def _database_text(path: str) -> str:
    return resources.files("tzdata").joinpath(*path.split("/")).read_text(encoding="utf-8")
