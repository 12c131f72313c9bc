"""Readers that did not write our feeds see in them what the database holds."""

import pytest

from tests.eyes.reading import READERS, Reader
from tests.eyes.tally import NAMELESS, cells, tallies_of
from tests.eyes.year import ZONES

pytestmark = pytest.mark.eyes
FEW = ("all-en", "conferences-ar", "joint-ru", "council-de")


def feeds_for(reader, feeds):
    """Return the feeds that a reader gets: all, fewer if it is slow, and zones without names if it can follow."""
    wanted = {name: text for name, text in feeds.items() if name != NAMELESS and (not reader.is_slow or name in FEW)}
    return {**wanted, NAMELESS: feeds[NAMELESS]} if reader.knows_vtimezone else wanted


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_reader_sees_what_the_database_holds(reader: Reader, year, record_property):
    if reader.missing():
        pytest.skip(reader.missing())
    tallies = tallies_of(reader, year.expected, reader.run(feeds_for(reader, year.feeds)))
    record_property("eyes", [reader.name, *cells(tallies)])
    assert {check: tally.different[:3] for check, tally in tallies.items() if tally.different} == {}
    assert tallies["events"].compared > 350
    stale = [check for check, tally in tallies.items() if tally.has_stale_limit]
    assert [check for check in stale if not reader.is_as_old_as_its_machine(check)] == []


def test_the_year_is_as_varied_as_a_year_can_be(year):
    """What the readers are shown must not shrink unseen."""
    events = year.expected["all-en"]
    assert len(events) >= 300
    assert {event.zone_name for event in events} >= set(ZONES)
    assert {event.status for event in events} == {"CONFIRMED", "TENTATIVE", "CANCELLED"}
    assert {event.sequence for event in events} >= {1, 2, 3, 4}
    assert all(year.expected[name] for name in year.feeds)
    text = year.feeds["all-en"]
    assert "DTSTART:2027" in text and "DTSTART;TZID=" in text and "DTSTART;VALUE=DATE:" in text
