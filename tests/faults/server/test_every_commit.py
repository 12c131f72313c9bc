"""A worker killed (-9) before or after any of its commits loses nothing, and doubles only what it knows to doubt."""

import signal
from datetime import timedelta

import pytest

from events_app.mail.queries import owners_at_work

NAMES = ("anna", "ben", "carla")
# Sign of life, storing results, deriving, claiming, then two for each letter, claiming again, putting back.
COMMITS = 4 + 2 * len(NAMES) + 2
WITHOUT_DOUBT = range(1, 5)


@pytest.fixture
def one_pass_to_the_end(nursery, job, sink, put, reminder):
    put(*[reminder(name) for name in NAMES])
    return lambda **how: nursery.wait(nursery.start(job(sink.port, **how)))


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("number", range(1, COMMITS + 1))
def test_a_worker_killed_at_a_commit_loses_nothing(
    one_pass_to_the_end, number, side, sink, rescuer, step, outbox, doubted, wait_until_noticed, clock, count, engine
):
    ended = one_pass_to_the_end(commit=number, is_before=side == "before")
    assert ended == -signal.SIGKILL
    with step() as session:
        wait_until_noticed(set(owners_at_work(session)))
    for _ in range(3):
        rescuer.run_pass()
        clock.advance(timedelta(minutes=3))
    line = count(f"worker killed {side} a commit, {engine.dialect.name}", outbox(), sink.taken, doubted())
    assert (line.lost, line.unexplained) == (0, 0)
    assert set(outbox().values()) == {"sent"}
    assert line.in_doubt <= 1
    if number in WITHOUT_DOUBT:
        assert (line.in_doubt, line.doubled) == (0, 0)


def test_a_pass_has_as_many_commits_as_are_tried(one_pass_to_the_end, outbox):
    assert one_pass_to_the_end(commit=COMMITS + 1) == 0
    assert set(outbox().values()) == {"sent"}
