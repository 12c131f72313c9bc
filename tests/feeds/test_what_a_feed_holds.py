"""Which events stand in which public feed, for how long, and what never does."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from events_app.events.actions.life import take_step
from events_app.events.models import STATUSES, VISIBILITIES
from events_app.feeds.errors import UnknownFeedError
from events_app.feeds.rules import FEEDS, feed_named, first_day

BOTH = ("mediterranean", "asian")
MARKER = "xyzzymarker"


@pytest.fixture
def programme(make_event, session):
    """One event of each sort, by name."""
    conference = make_event(kind_key="conference", ends_on=date(2027, 3, 3), start_time=None, end_time=None)
    events = {
        "meeting": make_event(),
        "asian": make_event(group_keys=("asian",)),
        "joint": make_event(kind_key="joint-meeting", group_keys=BOTH),
        "conference": conference,
        "side": make_event(kind_key="side-event", group_keys=(), parent_id=conference.id),
        "workshop": make_event(kind_key="workshop"),
        "council": make_event(kind_key="permanent-council", group_keys=()),
        "forum": make_event(kind_key="forum", group_keys=()),
        "ministerial": make_event(kind_key="ministerial-council", group_keys=()),
    }
    session.expire_all()
    return events


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("all", {"meeting", "asian", "joint", "conference", "side", "workshop", "council", "forum", "ministerial"}),
        ("mediterranean", {"meeting", "joint", "conference", "side"}),
        ("asian", {"asian", "joint"}),
        ("joint", {"joint"}),
        ("conferences", {"conference"}),
        ("council", {"council", "forum"}),
    ],
)
def test_each_feed_holds_its_events_once_with_their_stored_uid(programme, read, name, expected):
    assert set(read(name)) == {programme[key].uid for key in expected}


def test_the_names_of_the_feeds_are_those_of_the_contract():
    assert list(FEEDS) == ["all", "mediterranean", "asian", "joint", "conferences", "council"]
    with pytest.raises(UnknownFeedError, match="arctic"):
        feed_named("arctic")


def test_a_joint_meeting_is_the_same_in_every_feed(programme, read):
    uid = programme["joint"].uid
    pieces = {read(name)[uid].to_ical() for name in ("all", "mediterranean", "asian", "joint")}
    assert len(pieces) == 1


def test_a_side_event_names_its_conference(programme, read):
    side = read("mediterranean")[programme["side"].uid]
    assert side["RELATED-TO"] == programme["conference"].uid
    assert side["RELATED-TO"].params["RELTYPE"] == "PARENT"


@pytest.mark.parametrize("visibility", VISIBILITIES)
@pytest.mark.parametrize("status", STATUSES)
def test_nothing_but_published_public_events_leaves_a_word_in_a_public_feed(
    make_event, feed_bytes, session, clock, status, visibility
):
    texts = {"theme": MARKER, "place": MARKER, "description": MARKER, "visibility": visibility}
    event = make_event(status, **texts)
    event.published_at = clock.now() if status not in ("draft", "proposed") else None
    session.commit()
    is_shown = visibility == "public" and status not in ("draft", "proposed")
    for name in ("all", "mediterranean"):
        content = feed_bytes(name).replace(b"\r\n ", b"")
        assert (MARKER.encode() in content) is is_shown
        assert (event.uid.encode() in content) is is_shown


def test_the_joining_link_is_in_no_public_feed(make_event, feed_bytes):
    make_event(joining_link=f"https://meet.example/{MARKER}", format="hybrid", theme="Water")
    for name in FEEDS:
        content = feed_bytes(name).replace(b"\r\n ", b"")
        assert MARKER.encode() not in content
        assert b"CONFERENCE" not in content
    assert b"Water" in feed_bytes()


def test_no_feed_names_an_organizer_or_an_attendee(programme, feed_bytes):
    content = feed_bytes().replace(b"\r\n ", b"")
    for word in (b"ORGANIZER", b"ATTENDEE", b"METHOD", b"VALARM", b"RRULE:FREQ=WEEKLY"):
        assert word not in content


@pytest.mark.parametrize(("days", "is_shown"), [(0, True), (60, True), (61, False)])
def test_a_cancelled_event_stays_for_60_days_after_its_date(session, make_event, read, clock, days, is_shown):
    event = make_event()
    take_step(session, event, "cancel", clock.now(), reason="no room")
    session.commit()
    clock.move_to(datetime.combine(date(2027, 3, 2) + timedelta(days), time(12), UTC))
    assert (event.uid in read()) is is_shown


def test_a_feed_reaches_13_months_back_and_steps_on_the_first_of_a_month(make_event, read, clock):
    last_out = make_event(starts_on=date(2025, 9, 30))
    first_in = make_event(starts_on=date(2025, 10, 1))
    assert first_day(clock.now()) == date(2025, 10, 1)
    assert set(read()) == {first_in.uid}
    clock.move_to(datetime(2026, 11, 30, 23, 59, tzinfo=UTC))
    assert set(read()) == {first_in.uid}
    clock.move_to(datetime(2026, 12, 1, tzinfo=UTC))
    assert set(read()) == set()
    assert set(read("all", "en", date(2025, 9, 30))) == {last_out.uid, first_in.uid}


def test_an_event_that_began_before_the_window_and_reaches_into_it_is_there(make_event, read):
    event = make_event(
        kind_key="training", group_keys=(), starts_on=date(2025, 9, 29), ends_on=date(2025, 10, 1), start_time=None,
        end_time=None,
    )  # fmt: skip
    assert set(read()) == {event.uid}


def test_everything_ahead_is_there(make_event, read):
    event = make_event(starts_on=date(2099, 3, 3))
    assert event.uid in read()
