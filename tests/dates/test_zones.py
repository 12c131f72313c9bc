import pytest

from events_app.dates.errors import UnknownZoneError
from events_app.dates.zones import tz_version, zone, zone_names

HOSTILE = [
    "",
    " ",
    ".",
    "..",
    "../../etc/passwd",
    "/etc/passwd",
    "Europe/../Europe/Vienna",
    "Europe",
    "Europe/Vienna\x00",
    "Europe/Vienna\n",
    "europe/vienna",
    "Europe\\Vienna",
    "\x00",
    "\ud800",
    "Europe/" + "V" * 100_000,
    "tzdata.zi",
    "zone.tab",
    "__init__.py",
    "Factory",
    "W. Europe Standard Time",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_outside_the_database_is_refused(name: str) -> None:
    with pytest.raises(UnknownZoneError) as refusal:
        zone(name)
    assert refusal.value.name == name


@pytest.mark.parametrize("name", ["Europe/Vienna", "Europe/Kyiv", "Asia/Calcutta", "EST5EDT", "UTC"])
def test_current_and_old_names_are_understood(name: str) -> None:
    assert zone(name).key == name


def test_the_choice_of_names_is_sorted_and_holds_every_zone_once() -> None:
    assert list(zone_names()) == sorted(set(zone_names()))
    assert {"UTC", "Europe/Vienna", "Europe/Amsterdam", "Asia/Tokyo"} <= set(zone_names())


def test_every_name_to_choose_can_be_used() -> None:
    assert [zone(name).key for name in zone_names()] == list(zone_names())


def test_names_that_are_no_places_are_not_offered() -> None:
    assert [name for name in zone_names() if "/" not in name] == ["UTC"]
    assert not [name for name in zone_names() if name.startswith(("Etc/", "posix/", "right/", "US/"))]


def test_the_version_names_a_release_of_the_database() -> None:
    assert tz_version()[:2] == "20"
    assert tz_version()[-1].isalpha()
