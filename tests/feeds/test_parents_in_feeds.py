"""The event on whose margins another stands is named only to those who may see it."""

from datetime import timedelta

import pytest

from events_app.events.actions.silence import store_silence
from events_app.feeds.public import single_event
from events_app.partnership.queries import partnership
from events_app.rights.models import Reader

BASE = "http://localhost"


@pytest.fixture
def side_event(session, make_event):
    """Add a public side event on the margins of a conference."""

    def make(status="confirmed", visibility="public", child_visibility="public", **changes):
        parent = make_event(status, kind_key="conference", visibility=visibility, **changes)
        child = make_event(kind_key="side-event", group_keys=(), parent_id=parent.id, visibility=child_visibility)
        session.expire_all()
        return child

    return make


def names_parent(event, reader, clock):
    content = single_event(event, "en", BASE, reader, clock.now()).decode().replace("\r\n ", "")
    return event.parent.uid in content


def test_a_public_parent_is_named(side_event, read):
    child = side_event()
    assert read()[child.uid]["RELATED-TO"] == child.parent.uid


@pytest.mark.parametrize("status", ["draft", "proposed"])
def test_a_parent_that_was_not_published_is_not_named(session, side_event, feed_bytes, clock, status):
    child = side_event(status)
    assert b"RELATED-TO" not in feed_bytes()
    assert not names_parent(child, Reader(partnership(session)), clock)


@pytest.mark.parametrize("status", ["draft", "proposed"])
def test_a_published_parent_that_was_taken_back_is_not_named(session, side_event, feed_bytes, clock, status):
    child = side_event()
    child.parent.status = status
    session.flush()
    assert b"RELATED-TO" not in feed_bytes()


def test_a_download_names_the_parent_to_those_who_may_see_it(session, side_event, clock):
    child = side_event(visibility="group", group_keys=("asian",), child_visibility="group")
    facts = partnership(session)
    algerian, japanese = (Reader(facts, 1, posts=frozenset({(code, "delegate")})) for code in ("DZ", "JP"))
    assert not names_parent(child, algerian, clock)
    assert names_parent(child, japanese, clock)
    assert names_parent(child, Reader(facts, 1, is_secretary=True), clock)


def test_a_parent_that_silence_publishes_is_a_change_of_what_stands_on_its_margins(session, side_event, client, clock):
    child = side_event("proposed")
    child.parent.silence_ends_at = clock.now() + timedelta(days=9)
    session.commit()
    before = client.get(f"/events/{child.id}.ics").text
    clock.advance(timedelta(days=10))
    after = client.get(f"/events/{child.id}.ics").text
    assert ("RELATED-TO" in before, "RELATED-TO" in after) == (False, True)
    assert "LAST-MODIFIED:20261130T090000Z" in after
    store_silence(session, clock.now())
    session.commit()
    assert client.get(f"/events/{child.id}.ics").text == after
