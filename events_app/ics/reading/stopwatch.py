"""A limit of computing time for one piece of work, in a process of its own."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 0.05  # seconds


class TimeIsUpError(BaseException):
    """The time for a piece of work is over; no `except Exception` of a library may hold it up."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TimeIsUpError inside when so much computing time is over; for the main thread only.

    It is raised again and again: the collector of garbage swallows what is raised while it works.
    """
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(number: int, frame: FrameType | None) -> None:
    raise TimeIsUpError
