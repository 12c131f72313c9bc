"""A watchdog: one thread that interrupts whatever takes longer than it may, however many letters pass by."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Thread, current_thread
from time import monotonic

AGAIN = 1.0  # seconds after which it bites once more what has not ended


class Watchdog:
    """Calls `bite` when something takes longer than its seconds; its thread lives from the first watch to `rest`."""

    def __init__(self, bite: Callable[[], None]) -> None:
        self._bite = bite
        self._changed = Condition()
        self._thread: Thread | None = None
        self._ends_at: float | None = None
        self._wakes_at: float | None = None

    @contextmanager
    def watching(self, seconds: float) -> Iterator[None]:
        """Watch what is done inside; what surrounds it keeps its own, earlier end. Never bites once it has ended."""
        before = self._ends_at
        ends_at = monotonic() + seconds
        self._end_at(ends_at if before is None else min(before, ends_at))
        try:
            yield
        finally:
            self._end_at(before)

    def rest(self) -> None:
        """End the thread; the next watch starts another."""
        with self._changed:
            self._thread, self._ends_at = None, None
            self._changed.notify_all()

    def _end_at(self, ends_at: float | None) -> None:
        with self._changed:
            self._ends_at = ends_at
            if ends_at is None:
                return
            if self._thread is None:
                self._thread = Thread(target=self._keep_watch, name="watchdog", daemon=True)
                self._wakes_at = ends_at
                self._thread.start()
            elif self._wakes_at is None or ends_at < self._wakes_at:
                # Waking the thread for each letter would cost more than sending it.
                self._wakes_at = ends_at
                self._changed.notify_all()

    def _keep_watch(self) -> None:
        with self._changed:
            while self._thread is current_thread():
                now = monotonic()
                if self._ends_at is not None and self._ends_at <= now:
                    self._bite()
                    self._ends_at = now + AGAIN
                self._wakes_at = self._ends_at
                self._changed.wait(None if self._ends_at is None else self._ends_at - now)
