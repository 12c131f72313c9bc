"""Workers killed (-9) at random while thousands of letters go out, one of their clocks five minutes ahead."""

import os
from dataclasses import replace
from datetime import timedelta
from random import Random
from time import monotonic, sleep

import pytest

from events_app.mail.actions import NewLetter, enqueue
from tests.faults.server.sink import Sink

SEED = int(os.environ.get("STORM_SEED", "2027"))
PACE = 120  # a second of ours is two minutes of the workers', the time that doubt takes
AHEAD = timedelta(minutes=5)
LONGEST_WAIT = 0.02


@pytest.fixture
def dice():
    return Random(SEED)


@pytest.fixture
def sink(dice):
    """A server that now and then refuses for a while, hangs up after taking a letter, and always says 421 to QUIT."""
    sink = Sink(Random(dice.random()), odds=200)
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def fill(step, clock):
    def put(letters):
        due = (
            NewLetter(f"storm/{number}", "event-reminder", f"reader{number}@delegations.example", clock.now())
            for number in range(letters)
        )
        with step() as session:
            return enqueue(session, due, "for tests only", clock.now(), host="calendar.example")

    return put


@pytest.fixture
def storm(nursery, job, sink, dice, outbox, clock):
    """Run two workers and kill one after the other, at moments that the dice say, until all letters are sent."""

    def rage(letters, kills, patience):
        jobs = [job(sink.port, is_endless=True, pace=PACE, origin=monotonic())]
        jobs.append(replace(jobs[0], now=(clock.now() + AHEAD).isoformat()))
        workers = [nursery.start(each) for each in jobs]
        for moment in sorted(dice.sample(range(letters), kills)):
            assert sink.wait_for(moment, patience)
            sleep(dice.random() * LONGEST_WAIT)
            victim = dice.randrange(2)
            nursery.kill(workers[victim])
            workers[victim] = nursery.start(jobs[victim])
        deadline = monotonic() + patience
        while set(outbox().values()) != {"sent"} and monotonic() < deadline:
            sleep(0.2)

    return rage


def check(storm, fill, sink, outbox, doubted, count, engine, letters, kills, patience):
    assert fill(letters) == letters
    storm(letters, kills, patience)
    name = f"storm of {letters:,} letters, {engine.dialect.name}, seed {SEED}"
    line = count(name, outbox(), sink.taken, doubted(), injected=kills + sink.hiccups)
    assert (line.lost, line.unexplained) == (0, 0)
    assert set(outbox().values()) == {"sent"}
    assert line.doubled <= line.in_doubt <= kills + sink.hiccups


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_short_storm_loses_nothing(storm, fill, sink, outbox, doubted, count, engine):
    check(storm, fill, sink, outbox, doubted, count, engine, letters=2000, kills=20, patience=60)


@pytest.mark.faults
def test_a_long_storm_loses_nothing(storm, fill, sink, outbox, doubted, count, engine):
    check(storm, fill, sink, outbox, doubted, count, engine, letters=20_000, kills=200, patience=600)
