"""A feed changes when something that it shows changes, and never otherwise."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from events_app.events.actions.life import take_step
from events_app.events.actions.silence import store_silence
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import details_of
from events_app.feeds.rules import FEEDS

HOUR = timedelta(hours=1)
START_OF_MONTH = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def change(session, clock):
    def apply(event, **changes):
        at = clock.advance(HOUR)
        change_event(session, event, replace(details_of(event), **changes), event.version, at)
        session.commit()
        return at

    return apply


@pytest.fixture
def states(feed_bytes, stamp):
    """Return bytes and ETag of every feed."""
    return lambda: {name: (feed_bytes(name), stamp(name).etag) for name in FEEDS}


def differing(before, after):
    changed = {name for name in before if before[name][0] != after[name][0]}
    assert changed == {name for name in before if before[name][1] != after[name][1]}
    return changed


def test_an_unchanged_feed_gives_the_same_bytes_all_month(make_event, states, clock):
    make_event()
    make_event(starts_on=date(2026, 11, 25))
    before = states()
    for day in (25, 26, 30):
        clock.move_to(datetime(2026, 11, day, 23, 59, tzinfo=UTC))
        assert states() == before


def test_a_change_moves_the_feeds_that_show_the_event_and_no_other(make_event, states, change):
    event, _ = make_event(), make_event(group_keys=("asian",))
    before = states()
    change(event, theme="Water")
    assert differing(before, states()) == {"all", "mediterranean"}


@pytest.mark.parametrize(
    "changes",
    [
        {"theme": "Water"}, {"place": "Elsewhere"}, {"description": "New"}, {"time_zone": "Asia/Tokyo"},
        {"venue_key": "amman"}, {"chair_override_code": "MT", "chair_override_reason": "agreed"},
    ],
)  # fmt: skip
def test_every_visible_change_moves_etag_and_last_modified(make_event, stamp, change, changes):
    event = make_event()
    before = stamp()
    at = change(event, **changes)
    assert stamp().etag != before.etag
    assert stamp().last_modified == at


@pytest.mark.parametrize("visibility", ["partners", "group", "secretariat"])
def test_a_restricted_event_leaves_no_trace(make_event, states, change, stamp, clock, session, visibility):
    make_event()
    before, at = states(), stamp().last_modified
    clock.advance(HOUR)
    event = make_event(visibility=visibility)
    change(event, theme="Water")
    take_step(session, event, "cancel", clock.advance(HOUR), reason="no room")
    session.commit()
    assert states() == before
    assert stamp().last_modified == at


def test_drafts_and_proposals_leave_no_trace(make_event, states, change, stamp, clock):
    make_event()
    before, at = states(), stamp().last_modified
    clock.advance(HOUR)
    change(make_event("proposed"), theme="Water")
    make_event("draft")
    assert states() == before
    assert stamp().last_modified == at


def test_an_event_that_comes_or_goes_moves_its_feeds(make_event, states, change, session, clock):
    event = make_event("proposed")
    before = states()
    take_step(session, event, "confirm", clock.advance(HOUR))
    session.commit()
    shown = states()
    assert differing(before, shown) == {"all", "mediterranean"}
    change(event, visibility="partners")
    assert differing(shown, states()) == {"all", "mediterranean"}


@pytest.mark.parametrize("changes", [{"visibility": "partners"}, {"group_keys": ("asian",)}, {"kind_key": "workshop"}])
def test_last_modified_rises_when_an_event_leaves_a_feed(make_event, stamp, change, clock, changes):
    event = make_event()
    clock.advance(HOUR)
    make_event()
    before = stamp("mediterranean").last_modified
    at = change(event, **changes)
    assert stamp("mediterranean").last_modified == at > before


def test_last_modified_is_at_least_the_first_of_the_month(make_event, stamp, clock):
    assert stamp().last_modified == START_OF_MONTH
    make_event()
    assert stamp().last_modified == clock.now()
    clock.move_to(datetime(2026, 12, 5, tzinfo=UTC))
    assert stamp().last_modified == datetime(2026, 12, 1, tzinfo=UTC)


def test_a_cancelled_event_that_has_left_after_60_days_moves_the_etag(session, make_event, states, clock):
    event = make_event(starts_on=date(2026, 9, 25))
    event.status = "cancelled"
    session.commit()
    clock.move_to(datetime(2026, 11, 24, 12, tzinfo=UTC))
    before = states()
    clock.move_to(datetime(2026, 11, 25, 12, tzinfo=UTC))
    assert differing(before, states()) == {"all", "mediterranean"}


def test_languages_and_windows_have_stamps_of_their_own(make_event, stamp):
    make_event()
    assert len({stamp("all", language).etag for language in ("en", "fr", "ar")}) == 3


def test_a_change_of_an_event_outside_the_window_moves_nothing(make_event, states, change):
    old = make_event(starts_on=date(2024, 3, 5))
    before = states()
    change(old, theme="Water")
    assert states() == before


def test_last_modified_is_the_same_before_and_after_silence_is_stored(session, client, make_event, change, clock):
    event = make_event("proposed")
    change(event, visibility="partners")
    event.silence_ends_at = clock.now() + HOUR
    session.commit()
    clock.advance(timedelta(hours=2))
    before = client.get("/feeds/all.ics").headers["Last-Modified"]
    store_silence(session, clock.now())
    session.commit()
    assert client.get("/feeds/all.ics").headers["Last-Modified"] == before
