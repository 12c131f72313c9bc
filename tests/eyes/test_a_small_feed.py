"""Two readers that did not write our feeds see five events as they are; `make eyes` shows a whole year to them all."""

import pytest

from tests.conftest import TODAY
from tests.eyes.expected import expected_of
from tests.eyes.reading import READERS
from tests.eyes.tally import CHECKS, tallies_of

TWO = [reader for reader in READERS if reader.name in ("vobject", "libical")]


@pytest.mark.parametrize("reader", TWO, ids=lambda reader: reader.name)
def test_a_reader_sees_what_was_moved_cancelled_and_retitled(reader, programme, change_some, client):
    if reader.missing():
        pytest.skip(reader.missing())
    change_some()
    feed = client.get("/feeds/all.ics?lang=ar").text
    expected = expected_of(programme.values(), "all", "ar", TODAY.date())
    tallies = tallies_of(reader, {"all-ar": expected}, reader.run({"all-ar": feed}))
    assert {check: tally.different for check, tally in tallies.items() if tally.different} == {}
    assert {tallies[check].compared for check in CHECKS if check != "zones"} == {len(programme)}
