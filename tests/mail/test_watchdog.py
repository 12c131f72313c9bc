"""One watchdog interrupts what takes too long, and nothing else."""

import threading

import pytest

from events_app.mail.watchdog import Watchdog


@pytest.fixture
def bitten():
    return threading.Event()


@pytest.fixture
def watchdog(bitten):
    watchdog = Watchdog(bitten.set)
    yield watchdog
    watchdog.rest()


def test_what_takes_too_long_is_interrupted_also_after_much_that_did_not(watchdog, bitten):
    for _ in range(100):
        with watchdog.watching(30):
            pass
    assert not bitten.is_set()
    with watchdog.watching(0.05):
        assert bitten.wait(10)


def test_one_thread_watches_over_all_letters_until_it_rests(watchdog, bitten):
    before = set(threading.enumerate())
    seen = set()
    for _ in range(20):
        with watchdog.watching(30):
            seen |= set(threading.enumerate()) - before
    [thread] = seen
    watchdog.rest()
    thread.join(10)
    assert not thread.is_alive()
    with watchdog.watching(0.05):
        assert bitten.wait(10)


def test_what_is_inside_cannot_put_off_the_end_of_what_surrounds_it(watchdog, bitten):
    with watchdog.watching(0.05), watchdog.watching(30):
        assert bitten.wait(10)


def test_a_short_watch_inside_a_long_one_ends_with_itself(watchdog, bitten):
    with watchdog.watching(30):
        with watchdog.watching(0.05):
            assert bitten.wait(10)
        bitten.clear()
        assert not bitten.wait(1.2)
