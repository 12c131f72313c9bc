"""Readers derive the offsets of the tz database for every zone that can be chosen, every seven hours, 2024 to 2036."""

from itertools import islice

import pytest

from events_app.dates.zones import zone_names
from events_app.ics.vtimezone import follows_yearly_rule, zone_bytes
from tests.eyes.test_zones_others_read import BY_OFFSETS, YEARS, calendar, history, nameless, wall_times

BATCH = 15


@pytest.fixture(scope="module")
def zones():
    """One name for each VTIMEZONE and history there is, and the first year for which it is written."""
    found = {}
    for name in zone_names():
        years = [year for year in YEARS if follows_yearly_rule(name, year - 1)]
        if years:
            body = nameless(zone_bytes(name, years[0] - 1, YEARS[-1]))
            found.setdefault((body, *history(name)), (name, years[0]))
    return [(name, year, calendar(body)) for (body, *_), (name, year) in found.items()]


def batches(zones):
    while batch := list(islice(zones, BATCH)):
        yield batch


@pytest.mark.faults
@pytest.mark.parametrize("reader", BY_OFFSETS, ids=lambda reader: reader.name)
def test_a_reader_derives_the_offsets_of_every_zone(reader, zones):
    if reader.missing():
        pytest.skip(reader.missing())
    wrong, compared = {}, 0
    for batch in batches(iter(zones)):
        expected = {name: wall_times(name, year) for name, year, _ in batch}
        answered = reader.run({name: [text, expected[name][0]] for name, _, text in batch}, "offsets")
        for name, (locals_, offsets) in expected.items():
            compared += len(locals_)
            pairs = zip(locals_, offsets, answered[name], strict=True)
            if found := [pair for pair in pairs if pair[1] != pair[2]]:
                wrong[name] = found[:3]
    assert wrong == {}
    assert compared > 1_000_000
