"""What an hour in Vienna is elsewhere, and what a year of them asks of each State."""

from datetime import date, time

import pytest

from events_app.planning.fair_hours import Burden, burdens, has_online_part, local_hours

ZONES = {"AT": "Europe/Vienna", "JP": "Asia/Tokyo", "US": "America/New_York", "TH": "Asia/Bangkok"}


@pytest.fixture
def online(make_event):
    return make_event(format="hybrid")


def test_ten_in_vienna_is_early_in_washington_and_fair_in_tokyo_until_the_evening(online):
    hours = {
        h.state_code: (f"{h.starts:%H:%M}", f"{h.ends:%H:%M}", h.unfair_minutes)
        for h in local_hours(online, ZONES, ZONES)
    }
    assert hours == {
        "AT": ("10:00", "13:00", 0),
        "JP": ("18:00", "21:00", 60),
        "US": ("04:00", "07:00", 180),
        "TH": ("16:00", "19:00", 0),
    }


def test_the_most_unfair_comes_first(online):
    assert [h.state_code for h in local_hours(online, ZONES, ZONES)] == ["US", "JP", "AT", "TH"]


def test_an_event_across_midnight_counts_the_night_only(make_event):
    night = make_event(format="online", start_time=time(19), end_time=time(8), ends_on=date(2027, 3, 3))
    [vienna] = local_hours(night, ["AT"], ZONES)
    assert vienna.unfair_minutes == 11 * 60


def test_the_burden_of_a_year_adds_up(make_event):
    events = [make_event(format="hybrid", starts_on=day, ends_on=day) for day in (date(2027, 3, 2), date(2027, 6, 1))]
    hours = [h for event in events for h in local_hours(event, ["JP", "AT"], ZONES)]
    assert burdens(hours) == [Burden("JP", 2, 1, 60), Burden("AT", 2, 0, 0)]


@pytest.mark.parametrize(("changes", "counts"), [
    ({"format": "in-person"}, False), ({"format": "online"}, True), ({"format": "hybrid"}, True),
    ({"format": "online", "start_time": None, "end_time": None}, False),
])  # fmt: skip
def test_only_what_people_join_at_given_hours_counts(make_event, changes, counts):
    assert has_online_part(make_event(**changes)) is counts
