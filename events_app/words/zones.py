"""Time zones as people call them: by State, never by capital."""

from functools import cache

from babel.core import get_global
from babel.dates import get_timezone_location

from events_app.words.languages import locale_of
from events_app.words.states import state_name, state_rows

UTC_NAMES = frozenset({"Etc/UTC", "Etc/GMT", "GMT", "UTC", "Zulu"})
NO_STATE = frozenset({"001", "ZZ"})

# Zones of States with several zones whose city is the capital; the States in our data are known without it.
CAPITALS = frozenset({
    "Africa/Kinshasa", "America/Argentina/Buenos_Aires", "America/Mexico_City", "America/Nuuk", "America/Santiago",
    "Asia/Jakarta", "Asia/Kuala_Lumpur", "Pacific/Majuro", "Pacific/Pohnpei", "Pacific/Port_Moresby",
    "Pacific/Tarawa",
})  # fmt: skip


def zone_text(zone_name: str, language: str) -> str:
    """Return the State of an IANA zone, with a city only where a State has several zones; `UTC`; else the name."""
    zone = _canonical(zone_name)
    if zone in UTC_NAMES:
        return "UTC"
    code = zone_state(zone)
    if code is None:
        return zone_name
    name = state_name(code, language)
    return f"{name} ({_city(zone, language)})" if _needs_city(zone, code) else name


def zone_state(zone_name: str) -> str | None:
    """Return the code of the State that keeps a zone, or None."""
    zone = _canonical(zone_name)
    code = _states_by_zone().get(zone) or get_global("zone_territories").get(zone)
    return None if code in NO_STATE else code


def _needs_city(zone: str, code: str) -> bool:
    shared = list(get_global("zone_territories").values()).count(code) > 1
    return shared and zone not in CAPITALS and zone not in _states_by_zone()


def _city(zone: str, language: str) -> str:
    return get_timezone_location(zone, locale=locale_of(language), return_city=True).rpartition("/")[2]


def _canonical(zone_name: str) -> str:
    return str(get_global("zone_aliases").get(zone_name, zone_name))


@cache
def _states_by_zone() -> dict[str, str]:
    return {_canonical(row.text("time_zone")): code for code, row in state_rows().items()}
