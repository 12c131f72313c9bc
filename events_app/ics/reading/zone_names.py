"""What the zone names of many programs mean in the tz database; a name that fits several clocks means none."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

from events_app.dates.errors import UnknownZoneError
from events_app.dates.zones import UTC_NAME, zone, zone_names

_LONGEST_NAME = 200
_UTC_ALIASES = {"utc", "etc/utc", "uct", "etc/uct", "zulu", "etc/zulu", "universal", "etc/universal", "z"}
# One clock from Amsterdam to Vienna: what Outlook writes at the Hofburg is Austria's, not Germany's.
_HERE = {"W. Europe Standard Time": "Europe/Vienna"}

# Outlook's display names: an offset, then places of its choice.
_DISPLAY_NAME = re.compile(r"\((?:UTC|GMT)(?:([+-])([0-9]{2})[:.]([0-9]{2}))?\) *(.+)")
_AMERICAN_PLACES = {
    "coordinated universal time": UTC_NAME,
    "atlantic time (canada)": "America/Halifax",
    "eastern time (us & canada)": "America/New_York",
    "central time (us & canada)": "America/Chicago",
    "mountain time (us & canada)": "America/Denver",
    "pacific time (us & canada)": "America/Los_Angeles",
}
# Two zones are one clock if they agreed in every week of these years.
_COMPARED = [datetime(2005, 1, 1, tzinfo=UTC) + timedelta(weeks=week) for week in range(52 * 32)]


@lru_cache(maxsize=1_000)
def zone_name_of(identifier: str) -> str | None:
    """Return the IANA name that a TZID stands for, or None if that is not certain."""
    name = identifier.strip().strip('"').strip()
    if len(name) > _LONGEST_NAME or ".." in name:
        return None
    if name.casefold() in _UTC_ALIASES:
        return UTC_NAME
    return _known(name) or _windows(name) or _after_prefix(name) or _from_display_name(name)


def _known(name: str) -> str | None:
    name = name if "/" not in name else _places().get(name.casefold(), name)
    try:
        return zone(name).key
    except UnknownZoneError:
        return None


def _windows(name: str) -> str | None:
    return _windows_zones().get(name.casefold())


def _after_prefix(name: str) -> str | None:
    """Return the zone of a globally unique TZID (RFC 5545, 3.2.19), such as `/example.org/Europe/Vienna`."""
    if not name.startswith("/"):
        return None
    pieces = name.split("/")[1:]
    endings = ("/".join(pieces[-count:]) for count in (3, 2, 1) if count <= len(pieces))
    return next((found for ending in endings if (found := _ending(ending))), None)


def _ending(name: str) -> str | None:
    if "/" in name:
        return _known(name)
    return UTC_NAME if name.casefold() in _UTC_ALIASES else None


def _from_display_name(name: str) -> str | None:
    match = _DISPLAY_NAME.fullmatch(name)
    if not match:
        return None
    if match[4].casefold() in _AMERICAN_PLACES:
        return _AMERICAN_PLACES[match[4].casefold()]
    offset = timedelta(hours=int(match[2] or 0), minutes=int(match[3] or 0)) * (-1 if match[1] == "-" else 1)
    cities = [city.strip().casefold().replace(" ", "_") for city in re.split("[,/]", match[4])]
    return _single_clock([place for city in cities for place in _cities().get(city, ()) if _has(place, offset)])


def _single_clock(places: list[str]) -> str | None:
    if not places or any(_offsets(place) != _offsets(places[0]) for place in places):
        return None
    # Of several names for one clock the one that Windows itself uses, else the first.
    usual = [place for place in places if place in _windows_zones().values()]
    return (usual or places)[0]


def _has(place: str, offset: timedelta) -> bool:
    return offset in _offsets(place)


@lru_cache(maxsize=100)
def _offsets(name: str) -> tuple[timedelta | None, ...]:
    return tuple(instant.astimezone(zone(name)).utcoffset() for instant in _COMPARED)


@cache
def _windows_zones() -> dict[str, str]:
    # Only files from Windows need the library's table.
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return {name.casefold(): target for name, target in {**WINDOWS_TO_OLSON, **_HERE}.items()}


@cache
def _places() -> dict[str, str]:
    return {name.casefold(): name for name in zone_names()}


@cache
def _cities() -> dict[str, list[str]]:
    return _grouped((name.rpartition("/")[2].casefold(), name) for name in zone_names() if "/" in name)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
