from datetime import UTC, date, datetime, timedelta

import pytest

from events_app.dates.errors import UnknownZoneError
from events_app.dates.tz_file import zone_record
from events_app.dates.yearly_rule import irregular_years, yearly_rule
from events_app.dates.zones import zone, zone_names


def onset_days(name: str, year: int) -> list[datetime]:
    rule = yearly_rule(name)
    assert rule is not None
    return [onset.local(year) for onset in rule.onsets]


def at(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime.combine(date(year, month, day), datetime.min.time().replace(hour=hour))


@pytest.mark.parametrize(
    ("name", "onsets"),
    [
        ("Europe/Vienna", [at(2027, 3, 28, 2), at(2027, 10, 31, 3)]),
        ("Australia/Sydney", [at(2027, 10, 3, 2), at(2027, 4, 4, 3)]),
        ("Asia/Jerusalem", [at(2027, 3, 26, 2), at(2027, 10, 31, 2)]),
        ("America/Nuuk", [at(2027, 3, 27, 23), at(2027, 10, 31, 0)]),
        ("Africa/Cairo", [at(2027, 4, 30, 0), at(2027, 10, 29, 0)]),
        ("Asia/Tokyo", []),
    ],
)
def test_a_rule_names_the_days_of_each_year(name: str, onsets: list[datetime]) -> None:
    assert onset_days(name, 2027) == onsets


def test_an_unknown_zone_has_no_file_to_read() -> None:
    with pytest.raises(UnknownZoneError):
        zone_record("../zones")


def test_a_zone_that_never_changed_has_no_irregular_year() -> None:
    assert irregular_years("UTC") == frozenset()


def test_the_year_of_a_reform_is_irregular_and_the_next_is_not() -> None:
    assert 2024 in irregular_years("Asia/Almaty")
    assert 2025 not in irregular_years("Asia/Almaty")


def test_a_year_in_which_a_new_law_moves_no_clock_is_still_irregular() -> None:
    # Ittoqqortoormiit kept its clocks in March 2024: its winter time became its summer time.
    assert max(irregular_years("America/Scoresbysund")) == 2024


def test_a_record_that_stops_in_autumn_does_not_make_its_year_irregular() -> None:
    # The law of 2007 brought the rule that still holds.
    assert max(irregular_years("America/New_York")) == 2006


def test_regular_years_agree_with_the_zone_at_every_onset() -> None:
    for name in zone_names():
        rule = yearly_rule(name)
        assert rule is not None
        years = [year for year in range(2024, 2040) if year not in irregular_years(name)]
        for change in (onset.change(year) for year in years for onset in rule.onsets):
            instants = (change.at - timedelta(seconds=1), change.at)
            offsets = [instant.astimezone(zone(name)).utcoffset() for instant in instants]
            assert offsets == [change.before, change.after]


def test_fixed_zones_keep_their_offset_in_regular_years() -> None:
    for name in zone_names():
        rule = yearly_rule(name)
        if rule is not None and not rule.onsets:
            first = max(irregular_years(name), default=2000) + 1
            assert datetime(first, 7, 1, tzinfo=UTC).astimezone(zone(name)).utcoffset() == rule.offset
