"""The days on which the General Assembly asks not to meet: where they fall, and on what that rests."""

from datetime import date

import pytest

from events_app.dates.easter import orthodox_good_friday
from events_app.dates.holiday_table import Holiday, table_of
from events_app.dates.holidays import published_holidays
from events_app.planning.observances import observances, observed_days

SEEN_IN = ("AF", "DZ", "EG", "IL", "JO", "KR", "MA", "TH", "TN")


def days_of(year, table=None):
    table = table or table_of(holiday for code in SEEN_IN for holiday in published_holidays(code, year))
    found = {}
    for observed in observed_days(date(year, 1, 1), date(year, 12, 31), table):
        found.setdefault(observed.observance.key, []).append(observed.day.strftime("%m-%d"))
    return found


@pytest.mark.parametrize(
    ("year", "friday"),
    [
        (2024, (5, 3)),
        (2025, (4, 18)),
        (2026, (4, 10)),
        (2027, (4, 30)),
        (2028, (4, 14)),
        (2029, (4, 6)),
        (2030, (4, 26)),
    ],
)
def test_orthodox_good_friday_is_computed(year, friday):
    assert orthodox_good_friday(year) == date(year, *friday)


@pytest.mark.parametrize(
    ("year", "key", "days"),
    [
        (2024, "eid-al-fitr", ["04-10"]),
        (2024, "eid-al-adha", ["06-16", "06-17"]),
        (2024, "diwali", ["10-31"]),
        (2025, "yom-kippur", ["10-02"]),
        (2025, "gurpurab", ["11-05"]),
        (2026, "eid-al-adha", ["05-27"]),
        (2026, "orthodox-christmas", ["01-07"]),
        (2027, "vesak", ["05-20"]),
        (2027, "yom-kippur", ["10-11"]),
        (2028, "diwali", ["10-17"]),
        (2028, "lunar-new-year", ["01-27"]),
        (2029, "orthodox-good-friday", ["04-06"]),
        (2030, "eid-al-fitr", ["02-04"]),
        (2030, "gurpurab", ["11-10"]),
    ],
)
def test_each_day_falls_where_it_is_kept(year, key, days):
    assert days_of(year)[key] == days


def test_all_nine_are_there_each_year_with_the_resolution_where_it_is_known():
    assert all(set(days_of(year)) == {o.key for o in observances()} for year in range(2024, 2031))
    by_key = {observance.key: observance.resolution for observance in observances()}
    assert by_key["eid-al-fitr"] == by_key["eid-al-adha"] == by_key["orthodox-good-friday"] == "A/RES/53/208 A"
    assert {by_key[key] for key in ("yom-kippur", "vesak", "diwali", "gurpurab", "orthodox-christmas")} == {
        "A/RES/69/250"
    }


def test_before_its_resolution_a_day_is_not_asked_for():
    assert {"lunar-new-year", "diwali"} & set(days_of(2014)) == set()
    assert "lunar-new-year" not in days_of(2023)
    assert "orthodox-good-friday" in days_of(2014)


@pytest.mark.parametrize("year", [1973, 2036, 2100])
def test_a_year_that_is_far_away_lacks_what_nobody_knows_of_it(year):
    assert "diwali" not in days_of(year)


def test_a_correction_of_the_table_moves_the_day_and_makes_it_certain():
    keepers = ("AF", "DZ", "EG", "JO", "MA", "TN")
    moved = table_of(Holiday(date(2027, 5, day), code, "Eid al-Adha") for code in keepers for day in (17, 18))
    [day] = observed_days(date(2027, 5, 10), date(2027, 5, 19), moved)
    assert (day.day, day.is_estimated, day.observance.key) == (date(2027, 5, 17), False, "eid-al-adha")
