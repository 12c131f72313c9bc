"""Who has to hear of a change by mail, as no calendar program has asked since."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import details_of
from events_app.feeds.actions import create_link, note_fetch, revoke_link
from events_app.feeds.choices import FeedChoice
from events_app.feeds.silent import silent_subscribers

SOON = {"starts_on": date(2026, 11, 22), "visibility": "group"}


@pytest.fixture
def event(make_event):
    return make_event(**SOON)


@pytest.fixture
def subscribe(session, clock):
    """Give somebody a link that was just fetched."""

    def make(person, **choice):
        link, _ = create_link(session, person.id, "Mine", FeedChoice(**choice), clock.now())
        note_fetch(session, link, "a", "", "etag", clock.advance(timedelta(minutes=1)))
        session.commit()
        return link

    return make


@pytest.fixture
def silent(session, clock):
    """Return names and events of the silent subscribers."""

    def found():
        session.expire_all()
        return [(silent.person.name, silent.event.id) for silent in silent_subscribers(session, clock.now())]

    return found


@pytest.fixture
def move(session, clock):
    def apply(event, **changes):
        at = clock.advance(timedelta(minutes=10))
        change_event(session, event, replace(details_of(event), **changes), event.version, at)
        session.commit()

    return apply


def test_who_fetched_before_the_change_is_told_and_who_fetched_after_is_not(
    session, event, make_person, subscribe, move, silent, clock
):
    ben, leila = make_person("ben", "CH"), make_person("leila", "JO")
    subscribe(ben)
    link = subscribe(leila)
    assert silent() == []
    move(event, place="Elsewhere")
    assert silent() == [("Ben", event.id), ("Leila", event.id)]
    note_fetch(session, link, "a", "", "new", clock.advance(timedelta(minutes=1)))
    session.commit()
    assert silent() == [("Ben", event.id)]


def test_one_link_that_asked_since_is_enough(session, event, make_person, subscribe, move, silent, clock):
    ben = make_person("ben", "CH")
    old, new = subscribe(ben), subscribe(ben)
    move(event, place="Elsewhere")
    note_fetch(session, new, "a", "", "new", clock.advance(timedelta(minutes=1)))
    session.commit()
    assert old.fetched_at < event.modified_at
    assert silent() == []


def test_a_link_that_does_not_show_the_event_tells_nothing_of_it(event, make_person, subscribe, move, silent):
    subscribe(make_person("ben", "CH"), group_keys=("asian",))
    subscribe(make_person("haruto", "JP", "delegate"))
    move(event, place="Elsewhere")
    assert silent() == []


def test_a_link_that_was_never_fetched_or_was_revoked_counts_for_nothing(
    session, event, make_person, subscribe, move, silent, clock
):
    create_link(session, make_person("ben", "CH").id, "Mine", FeedChoice(), clock.now())
    revoke_link(session, subscribe(make_person("leila", "JO")), clock.now(), by_id=None)
    session.commit()
    move(event, place="Elsewhere")
    assert silent() == []


def test_a_cancelled_event_is_told_even_to_who_leaves_cancelled_ones_out(
    session, event, make_person, subscribe, silent, clock
):
    subscribe(make_person("ben", "CH"), shows_cancelled=False)
    take_step(session, event, "cancel", clock.advance(timedelta(minutes=1)), reason="no room")
    session.commit()
    assert silent() == [("Ben", event.id)]


def test_an_event_that_was_moved_away_from_tomorrow_counts_as_close(event, make_person, subscribe, move, silent):
    subscribe(make_person("ben", "CH"))
    move(event, starts_on=date(2026, 12, 15), ends_on=date(2026, 12, 15))
    assert silent() == [("Ben", event.id)]


@pytest.mark.parametrize(
    ("starts_on", "start", "is_told"),
    [
        (date(2026, 11, 21), time(10, 30), True),
        (date(2026, 11, 23), time(10), True),
        (date(2026, 11, 24), time(10), False),
        (date(2026, 11, 20), time(10), False),
    ],
)
def test_close_is_what_begins_within_48_hours(
    make_event, make_person, subscribe, move, silent, starts_on, start, is_told
):
    event = make_event(starts_on=starts_on, start_time=start)
    subscribe(make_person("ben", "CH"))
    move(event, theme="Water")
    assert bool(silent()) is is_told


def test_what_does_not_show_in_a_calendar_is_no_news(event, make_person, subscribe, move, silent):
    subscribe(make_person("ben", "CH"))
    move(event, rests_on="PC.DEC/1")
    assert silent() == []


def test_many_links_take_no_more_queries_than_few(make_event, make_person, subscribe, move, silent, queries):
    def asked_with(people):
        for name in people:
            subscribe(make_person(name, "CH"))
        event = make_event(**SOON)
        move(event, place="Elsewhere")
        with queries() as asked:
            silent()
        return len(asked)

    assert asked_with(["ben"]) == asked_with(["carla", "dario", "elena", "franz"])


def test_an_event_that_has_begun_is_over_for_the_post(event, make_person, subscribe, move, silent, clock):
    subscribe(make_person("ben", "CH"))
    move(event, place="Elsewhere")
    clock.move_to(datetime(2026, 11, 22, 10, tzinfo=UTC))
    assert silent() == []
