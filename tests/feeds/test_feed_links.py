"""Making feed links, renaming them, taking them back, noting who fetched them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from events_app.feeds.actions import (
    MOST_NETWORKS,
    create_link,
    forget_fetches,
    is_worth_noting,
    note_fetch,
    rename_link,
    revoke_link,
    revoke_links_of,
)
from events_app.feeds.choices import MOST_LINKS, FeedChoice, choice_of
from events_app.feeds.errors import InvalidChoiceError, TooManyLinksError
from events_app.feeds.models import FeedFetch, FeedLink
from events_app.feeds.queries import link_and_stamp, links_of, network_counts
from events_app.people.rules import digest_of
from events_app.trail.models import TrailEntry

CHOICE = FeedChoice(("asian",), ("workshop",), ("elections",), "ru", "title", 60, False)


@pytest.fixture
def person(make_person):
    return make_person("ben", "CH")


@pytest.fixture
def link(session, person, clock):
    link, _ = create_link(session, person.id, "Mine", CHOICE, clock.now())
    session.commit()
    return link


def test_a_link_keeps_what_was_chosen_and_only_the_digest_of_its_token(session, person, clock):
    link, token = create_link(session, person.id, "Mine", CHOICE, clock.now())
    session.commit()
    session.expire_all()
    assert choice_of(link) == CHOICE
    assert link.digest == digest_of(token)
    assert len(token) >= 43
    assert not any(token in str(value) for value in vars(link).values())


def test_two_links_have_nothing_in_common(session, person, clock):
    tokens = {create_link(session, person.id, "Mine", FeedChoice(), clock.now())[1] for _ in range(5)}
    assert len(tokens) == 5


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("group_keys", ("nordic",)), ("kind_keys", ("party",)), ("topic_keys", ("",)), ("language", "xx"),
        ("detail", "everything"), ("alarm_minutes", 7),
    ],
)  # fmt: skip
def test_what_is_not_on_offer_cannot_be_chosen(session, person, clock, field, value):
    with pytest.raises(InvalidChoiceError) as refused:
        create_link(session, person.id, "Mine", FeedChoice(**{field: value}), clock.now())
    assert refused.value.field == field


@pytest.mark.parametrize("label", ["", "x" * 81, "two\nlines", "\x00"])
def test_a_label_is_one_short_line(session, person, link, clock, label):
    with pytest.raises(InvalidChoiceError):
        create_link(session, person.id, label, FeedChoice(), clock.now())
    with pytest.raises(InvalidChoiceError):
        rename_link(session, link, label, clock.now())


def test_nobody_has_more_links_than_a_page_can_show(session, person, clock):
    for _ in range(MOST_LINKS):
        create_link(session, person.id, "Mine", FeedChoice(), clock.now())
    with pytest.raises(TooManyLinksError):
        create_link(session, person.id, "Mine", FeedChoice(), clock.now())
    revoke_link(session, links_of(session, person.id)[0], clock.now(), by_id=person.id)
    create_link(session, person.id, "Mine", FeedChoice(), clock.now())


def test_a_link_is_revoked_alone_and_the_trail_says_by_whom(session, person, link, clock):
    other, _ = create_link(session, person.id, "Other", FeedChoice(), clock.now())
    revoke_link(session, link, clock.now(), by_id=person.id)
    session.commit()
    assert links_of(session, person.id) == [other]
    deeds = [(d.verb, d.thing, d.person_id) for d in session.scalars(select(TrailEntry).order_by(TrailEntry.id))]
    assert deeds[-1] == ("revoke", "feed-link", person.id)


def test_the_links_of_somebody_removed_are_revoked_and_say_nothing_more(session, person, link, clock):
    note_fetch(session, link, "a" * 16, "Thunderbird", "etag", clock.now())
    revoke_links_of(session, person.id, clock.now())
    session.commit()
    session.expire_all()
    assert (link.label, link.program, link.revoked_at) == ("", "", clock.now())
    assert session.scalars(select(FeedFetch)).all() == []


def test_a_fetch_is_noted_with_when_what_and_from_how_many_networks(session, link, clock):
    for network in ("a", "b", "a"):
        note_fetch(session, link, network, "Thunderbird", "etag", clock.now())
    session.commit()
    session.expire_all()
    assert (link.fetched_at, link.program, link.served_etag) == (clock.now(), "Thunderbird", "etag")
    assert network_counts(session, [link.id], clock.now() - timedelta(days=30)) == {link.id: 2}


def test_a_fetch_is_worth_noting_for_a_new_version_a_new_network_or_after_an_hour(session, link, clock):
    noted = clock.now()
    assert is_worth_noting(link, None, "one", noted)
    note_fetch(session, link, "a", "", "one", noted)
    session.commit()
    session.expire_all()
    assert not is_worth_noting(link, noted, "one", noted + timedelta(minutes=59))
    assert is_worth_noting(link, noted, "one", noted + timedelta(minutes=60))
    assert is_worth_noting(link, noted, "two", noted)
    assert is_worth_noting(link, None, "one", noted)


def test_networks_are_counted_up_to_a_limit_and_forgotten_in_time(session, link, clock):
    for number in range(MOST_NETWORKS + 5):
        note_fetch(session, link, f"{number:016x}", "", "etag", clock.now())
    assert network_counts(session, [link.id], clock.now()) == {link.id: MOST_NETWORKS}
    clock.advance(timedelta(days=31))
    forget_fetches(session, timedelta(days=30), clock.now())
    assert session.scalars(select(FeedFetch)).all() == []
    assert session.scalars(select(FeedLink)).all() == [link]


def test_a_link_is_found_with_owner_network_and_stamp_in_one_query(session, link, clock, make_event, queries):
    make_event()
    note_fetch(session, link, "a", "", "etag", clock.now())
    session.commit()
    session.expunge_all()
    with queries() as asked:
        found, seen_at, stamp = link_and_stamp(session, link.digest, "a")
        assert [post.state_code for post in found.person.posts] == ["CH"]
    assert (found.id, seen_at, len(asked)) == (link.id, clock.now(), 1)
    assert stamp[0] == 1
    assert link_and_stamp(session, "0" * 64, "a") is None
