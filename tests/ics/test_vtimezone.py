import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

import icalendar
import pytest
from dateutil import tz

from events_app.dates.errors import UnknownZoneError
from events_app.dates.wall_time import is_repeated, local_of
from events_app.dates.yearly_rule import irregular_years, yearly_rule
from events_app.ics.entry import TimedSpan
from events_app.ics.errors import ZoneRuleError
from events_app.ics.vtimezone import follows_yearly_rule, needs_zone, zone_bytes

# Coarse, as the hours around each change are always compared; seven hours is the step of a thorough run.
STEP = timedelta(hours=7 * 23)
YEARS = range(2024, 2037)

# The zones of the participating States and Partners.
STATE_NAMES = """
Africa/Algiers Africa/Cairo Africa/Casablanca Africa/Tunis America/New_York America/Toronto Asia/Almaty Asia/Amman
Asia/Ashgabat Asia/Baku Asia/Bangkok Asia/Bishkek Asia/Dushanbe Asia/Jerusalem Asia/Kabul Asia/Nicosia Asia/Seoul
Asia/Tashkent Asia/Tbilisi Asia/Tokyo Asia/Ulaanbaatar Asia/Yerevan Atlantic/Reykjavik Australia/Sydney
Europe/Amsterdam Europe/Andorra Europe/Athens Europe/Belgrade Europe/Berlin Europe/Bratislava Europe/Brussels
Europe/Bucharest Europe/Budapest Europe/Chisinau Europe/Copenhagen Europe/Dublin Europe/Helsinki Europe/Istanbul
Europe/Kyiv Europe/Lisbon Europe/Ljubljana Europe/London Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Minsk
Europe/Monaco Europe/Moscow Europe/Oslo Europe/Paris Europe/Podgorica Europe/Prague Europe/Riga Europe/Rome
Europe/San_Marino Europe/Sarajevo Europe/Skopje Europe/Sofia Europe/Stockholm Europe/Tallinn Europe/Tirane
Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Vilnius Europe/Warsaw Europe/Zagreb Europe/Zurich
"""

# Rules with odd hours, half-hour steps, negative summer time and the southern hemisphere.
ODD_NAMES = """
America/Nuuk America/Santiago America/St_Johns Asia/Beirut Asia/Kathmandu Australia/Lord_Howe Pacific/Chatham
Pacific/Easter Antarctica/Troll
"""

STATE_ZONES, ODD_ZONES = STATE_NAMES.split(), ODD_NAMES.split()


def meeting(zone_name: str, *start: int) -> TimedSpan:
    starts_at = datetime(*start, tzinfo=UTC)  # type: ignore[arg-type,misc]
    return TimedSpan(starts_at, starts_at + timedelta(hours=1), zone_name)


def lines_of(data: bytes) -> list[str]:
    return data.decode().split("\r\n")


def instants(zone_name: str, years: range) -> Iterator[datetime]:
    """Yield UTC instants in steps, and those in the days around each change of the clocks."""
    instant, end = datetime(years[0], 1, 1, tzinfo=UTC), datetime(years[-1] + 1, 1, 1, tzinfo=UTC)
    while instant < end:
        yield instant
        instant += STEP
    rule = yearly_rule(zone_name)
    for change in (onset.change(year) for year in years for onset in (rule.onsets if rule else ())):
        for minutes in (-1500, -180, -61, -1, 0, 61, 180, 1500):
            yield change.at + timedelta(minutes=minutes)


def wall_times(zone_name: str, years: range) -> Iterator[tuple[datetime, timedelta]]:
    """Yield naive local times that events may have in the zone, with their offsets."""
    for instant in instants(zone_name, years):
        local = local_of(instant, zone_name)
        if local.year in years and not is_repeated(local.date(), local.time(), zone_name):
            yield local.replace(tzinfo=None), local.utcoffset() or timedelta(0)


def readers(zone_name: str, first_year: int) -> list[tzinfo]:
    data = b"BEGIN:VCALENDAR\r\n" + zone_bytes(zone_name, first_year, YEARS[-1]) + b"END:VCALENDAR\r\n"
    component = icalendar.Calendar.from_ical(data).walk("VTIMEZONE")[0]
    assert isinstance(component, icalendar.Timezone)
    by_dateutil = tz.tzical(io.StringIO(data.decode())).get()
    assert by_dateutil is not None
    return [component.to_tz(lookup_tzid=False), by_dateutil]


@pytest.mark.parametrize("zone_name", STATE_ZONES + ODD_ZONES)
def test_readers_derive_the_offsets_of_the_tz_database(zone_name: str) -> None:
    followed = [year for year in YEARS if follows_yearly_rule(zone_name, year - 1)]
    if not followed:
        assert needs_zone(meeting(zone_name, YEARS[-1], 6, 1, 12)) is None
        return
    years = range(followed[0], YEARS[-1] + 1)
    expected = list(wall_times(zone_name, years))
    for reader in readers(zone_name, years[0] - 1):
        wrong = [local for local, offset in expected if reader.utcoffset(local) != offset]
        assert not wrong


def test_a_zone_is_written_as_two_yearly_rules() -> None:
    assert lines_of(zone_bytes("Europe/Vienna", 2026, 2028)) == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Vienna",
        "BEGIN:DAYLIGHT",
        "DTSTART:20260329T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20261025T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]


def test_a_zone_without_changes_is_one_standard_time() -> None:
    assert lines_of(zone_bytes("Asia/Kabul", 2026, 2028))[2:8] == [
        "BEGIN:STANDARD",
        "DTSTART:20260101T000000",
        "TZOFFSETFROM:+0430",
        "TZOFFSETTO:+0430",
        "TZNAME:+0430",
        "END:STANDARD",
    ]


@pytest.mark.parametrize(
    ("zone_name", "rule"),
    [
        ("Asia/Jerusalem", "BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR"),
        ("America/Nuuk", "BYMONTH=3;BYMONTHDAY=24,25,26,27,28,29,30;BYDAY=SA"),
        ("America/Santiago", "BYMONTH=9;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=SU"),
        ("America/New_York", "BYMONTH=3;BYDAY=2SU"),
    ],
)
def test_an_hour_outside_its_day_moves_the_day(zone_name: str, rule: str) -> None:
    assert f"RRULE:FREQ=YEARLY;{rule}" in lines_of(zone_bytes(zone_name, 2027, 2030))


def test_irish_summer_is_daylight_time_for_readers() -> None:
    written = lines_of(zone_bytes("Europe/Dublin", 2026, 2028))
    assert "TZNAME:IST" in written[written.index("BEGIN:DAYLIGHT") : written.index("END:DAYLIGHT")]


def test_a_rule_that_leaves_its_month_is_not_written() -> None:
    # Egypt's clocks go back after the last Thursday of October, which may be on 1 November.
    assert not follows_yearly_rule("Africa/Cairo", 2030)
    with pytest.raises(ZoneRuleError):
        zone_bytes("Africa/Cairo", 2030, 2032)


def test_a_zone_is_refused_for_years_that_depart_from_its_rule() -> None:
    with pytest.raises(ZoneRuleError) as refusal:
        zone_bytes("Asia/Almaty", 2024, 2030)
    assert (refusal.value.first_year, refusal.value.last_year) == (2024, 2030)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(UnknownZoneError):
        zone_bytes("Europe/Atlantis", 2026, 2028)


def test_every_later_year_counts_for_an_event() -> None:
    for zone_name in STATE_ZONES:
        last = max(irregular_years(zone_name))
        assert not follows_yearly_rule(zone_name, last)


@pytest.mark.parametrize(
    ("when", "name"),
    [
        (meeting("Europe/Vienna", 2027, 3, 2, 14), "Europe/Vienna"),
        (meeting("Asia/Tokyo", 2027, 3, 2, 14), "Asia/Tokyo"),
        (meeting("UTC", 2027, 3, 2, 14), None),
        (meeting("Africa/Cairo", 2027, 3, 2, 14), None),
        (meeting("Asia/Almaty", 2025, 12, 31, 18), None),
        (meeting("Asia/Almaty", 2025, 12, 31, 20), "Asia/Almaty"),
        (meeting("Europe/Vienna", 2027, 10, 31, 1), None),
        (meeting("Europe/Vienna", 2027, 10, 31, 2), "Europe/Vienna"),
    ],
)
def test_an_event_needs_its_zone_unless_it_is_written_in_utc(when: TimedSpan, name: str | None) -> None:
    assert needs_zone(when) == name
