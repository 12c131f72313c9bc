"""The clock: the only place that asks the machine what time it is."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the current instant."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ShiftedClock:
    """A clock that starts at a chosen instant and then runs at the machine's pace."""

    def __init__(self, starts_at: datetime) -> None:
        self._shift = starts_at - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift


class StoppedClock:
    """A clock that moves only when told to."""

    def __init__(self, starts_at: datetime) -> None:
        self._now = starts_at.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, step: timedelta) -> datetime:
        """Move forward by `step` and return the new instant."""
        self._now += step
        return self._now

    def move_to(self, instant: datetime) -> datetime:
        """Jump to `instant` (aware) and return it."""
        self._now = instant.astimezone(UTC)
        return self._now
