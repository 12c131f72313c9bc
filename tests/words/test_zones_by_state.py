"""Time zones are named by State, never by capital."""

import pytest

from events_app.words.languages import LANGUAGES
from events_app.words.states import state_name, state_rows
from events_app.words.zones import zone_state, zone_text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_zone_of_a_state_bears_the_name_of_the_state(language: str) -> None:
    for code, row in state_rows().items():
        assert zone_text(row.text("time_zone"), language) == state_name(code, language)


def test_no_zone_of_a_state_shows_its_city() -> None:
    for row in state_rows().values():
        zone, name = row.text("time_zone"), row.text("name")
        city = zone.rpartition("/")[2].replace("_", " ")
        assert city in name or city not in zone_text(zone, "en")


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("America/New_York", "United States of America"),
        ("America/Chicago", "United States of America (Chicago)"),
        ("Australia/Adelaide", "Australia (Adelaide)"),
        ("Australia/Canberra", "Australia"),
        ("Asia/Almaty", "Kazakhstan"),
        ("Asia/Atyrau", "Kazakhstan (Atyrau)"),
        ("Europe/Moscow", "Russian Federation"),
        ("Europe/Kaliningrad", "Russian Federation (Kaliningrad)"),
        ("America/Vancouver", "Canada (Vancouver)"),
        ("America/Argentina/Cordoba", "Argentina (Cordoba)"),
        ("Asia/Dubai", "United Arab Emirates"),
        ("Asia/Calcutta", "India"),
        ("Asia/Jakarta", "Indonesia"),
        ("America/Mexico_City", "Mexico"),
        ("America/Tijuana", "Mexico (Tijuana)"),
    ],
)
def test_a_city_follows_only_where_a_state_has_several_zones(zone: str, text: str) -> None:
    assert zone_text(zone, "en") == text


def test_a_zone_speaks_the_language_of_the_reader() -> None:
    assert zone_text("Asia/Tokyo", "de") == "Japan"
    assert zone_text("Europe/Kaliningrad", "es") == "Federación de Rusia (Kaliningrado)"


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "Etc/GMT", "Zulu"])
def test_universal_time_is_utc_in_every_language(zone: str) -> None:
    assert {zone_text(zone, language) for language in LANGUAGES} == {"UTC"}


@pytest.mark.parametrize("zone", ["Etc/GMT+5", "Antarctica/Troll", "Mars/Phobos"])
def test_a_zone_that_no_state_keeps_is_called_by_its_own_name(zone: str) -> None:
    assert zone_state(zone) is None
    assert zone_text(zone, "ru") == zone
