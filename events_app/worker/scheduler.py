"""Ticking: APScheduler calls the worker at even intervals, and does nothing else."""

import faulthandler
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from functools import partial
from threading import Event

from apscheduler.schedulers.background import BackgroundScheduler

from events_app.shared.clock import SystemClock
from events_app.worker.loop import Worker

TICK = timedelta(seconds=5)
HANGING = timedelta(minutes=20)
STANDARD_ERROR = 2

logger = logging.getLogger(__name__)


def run_ticking(worker: Worker, every: timedelta = TICK, hanging: timedelta = HANGING) -> None:
    """Run passes until the process is asked to end (SIGTERM, SIGINT); the letter at hand is finished first.

    A worker that hangs on one step for longer than `hanging` ends its process with status 1 and the place where it
    hung on standard error; whoever started it starts it again.
    """
    ending = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: ending.set())
    worker.watch = partial(ending_the_process_after, hanging)
    scheduler = _scheduler(worker, every)
    scheduler.start()
    ending.wait()
    worker.stop()
    scheduler.shutdown(wait=True)
    worker.close()


@contextmanager
def ending_the_process_after(limit: timedelta) -> Iterator[None]:
    """End the process if what is done inside takes longer; works even where no Python code runs any more."""
    faulthandler.dump_traceback_later(limit.total_seconds(), exit=True, file=STANDARD_ERROR)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def _scheduler(worker: Worker, every: timedelta) -> BackgroundScheduler:
    # A pass may well take longer than a tick; that the tick is then left out is no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.add_job(
        partial(_tick, worker),
        "interval",
        seconds=every.total_seconds(),
        # The machine's clock, also when the worker's own is shifted: it is the machine that ticks.
        next_run_time=SystemClock().now(),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    return scheduler


def _tick(worker: Worker) -> None:
    try:
        worker.run_pass()
    except Exception:
        logger.exception("a pass of the worker broke; the next one goes on")
