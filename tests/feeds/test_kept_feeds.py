"""Whole feeds are kept: made once for each state, however many ask, and never more than fit."""

from datetime import UTC, datetime
from threading import Barrier, Thread

from events_app.feeds.kept import KeptFeeds, kept_feed

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def feed_of(size=10, fill=b"x"):
    return kept_feed(fill * size, NOW)


def test_a_feed_is_made_once_for_each_state():
    kept, made = KeptFeeds(), []
    for state in (1, 1, 2, 2, 1):
        kept.feed("all", state, lambda: made.append(1) or feed_of())
    assert len(made) == 3


def test_many_who_ask_at_the_same_time_get_one_feed_that_was_made_once():
    kept, made, got, start = KeptFeeds(), [], [], Barrier(8)

    def make():
        made.append(1)
        return feed_of()

    def ask():
        start.wait()
        got.append(kept.feed("all", 1, make))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(got), len({id(feed) for feed in got})) == (1, 8, 1)


def test_one_that_fails_leaves_the_last_good_one_and_lets_the_next_try():
    kept = KeptFeeds()
    good = kept.feed("all", 1, feed_of)

    def fail():
        raise RuntimeError

    for _ in range(2):
        try:
            kept.feed("all", 2, fail)
        except RuntimeError:
            assert kept.last_good("all") is good
    assert kept.feed("all", 2, lambda: feed_of(fill=b"y")).content == b"y" * 10
    assert kept.last_good("joint") is None


def test_what_was_not_asked_for_goes_first_when_room_runs_out():
    kept = KeptFeeds(most_octets=3 * feed_of(1000).octets)
    for name in ("a", "b", "c"):
        kept.feed(name, 1, lambda: feed_of(1000))
    kept.feed("a", 1, feed_of)
    kept.feed("d", 1, lambda: feed_of(1000))
    assert [name for name in "abcd" if kept.last_good(name)] == ["a", "c", "d"]


def test_equal_bytes_have_one_etag_and_one_compressed_form():
    assert feed_of() == feed_of()
    assert feed_of(fill=b"y").etag != feed_of().etag
