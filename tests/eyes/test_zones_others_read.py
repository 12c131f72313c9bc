"""Readers derive from our VTIMEZONE the offsets of the tz database, every seven hours from 2024 to 2036."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import events_app
from events_app.dates.tz_file import zone_record
from events_app.dates.wall_time import local_of
from events_app.ics.vtimezone import follows_yearly_rule, zone_bytes
from tests.eyes.reading import READERS

pytestmark = pytest.mark.eyes
STEP = timedelta(hours=7)
YEARS = range(2024, 2037)
STATES = Path(events_app.__file__).parent / "data" / "states.csv"
BY_OFFSETS = [reader for reader in READERS if reader.name in ("libical", "ical.js", "vobject")]


@pytest.fixture(scope="session")
def rules():
    """Every VTIMEZONE of the States' zones: {name: [calendar, local times, offsets in seconds]}.

    Zones whose bytes differ only in names, and that changed at the same instants, are asked about once.
    """
    found = {}
    for name in state_zones():
        years = [year for year in YEARS if follows_yearly_rule(name, year - 1)]
        if years:
            body = nameless(zone_bytes(name, years[0] - 1, YEARS[-1]))
            found.setdefault((body, *history(name)), (name, years[0]))
    return {name: [calendar(body), *wall_times(name, year)] for (body, *_), (name, year) in found.items()}


def state_zones():
    with STATES.open(encoding="utf-8") as file:
        return sorted({row["time_zone"] for row in csv.DictReader(file)})


def history(name):
    """Return how the tz database itself has a zone, since before the years that are asked about."""
    record = zone_record(name)
    return tuple(change for change in record.changes if change.at.year >= YEARS[0] - 1), record.footer


def wall_times(name, first_year):
    """Return the local time of every seventh hour, without those that happen twice, and the offsets in seconds."""
    first, end = datetime(first_year, 1, 2, tzinfo=UTC), datetime(YEARS[-1], 12, 31, tzinfo=UTC)
    instants = (first + STEP * number for number in range((end - first) // STEP))
    locals_ = [local_of(instant, name) for instant in instants]
    kept = [local for local in locals_ if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()]
    offsets = [local.utcoffset().total_seconds() for local in kept]
    return [local.replace(tzinfo=None).isoformat() for local in kept], offsets


def nameless(data):
    lines = data.decode().split("\r\n")
    kept = [line for line in lines if not line.startswith("TZNAME:")]
    return "\r\n".join("TZID:Somewhere" if line.startswith("TZID:") else line for line in kept)


def calendar(body):
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Somewhere//EN\r\n{body}END:VCALENDAR\r\n"


@pytest.mark.parametrize("reader", BY_OFFSETS, ids=lambda reader: reader.name)
def test_a_reader_derives_the_offsets_of_the_tz_database(reader, rules):
    if reader.missing():
        pytest.skip(reader.missing())
    asked = {name: [text, locals_] for name, (text, locals_, _) in rules.items()}
    found = reader.run(asked, "offsets")
    wrong = {
        name: [pair for pair in zip(locals_, offsets, found[name], strict=True) if pair[1] != pair[2]][:3]
        for name, (_, locals_, offsets) in rules.items()
    }
    assert {name: pairs for name, pairs in wrong.items() if pairs} == {}
    assert sum(len(answers) for answers in found.values()) > 100_000
