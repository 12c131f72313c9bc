"""Reading the parts of a row one after the other, so that everything that is wrong with it is said at once."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from events_app.feeds.importing.errors import RejectedItemError, raise_all

Parameters = ParamSpec("Parameters")
Value = TypeVar("Value")


class Reading:
    """What is wrong with the parts that were read so far."""

    def __init__(self) -> None:
        self._errors: list[RejectedItemError] = []

    def part(
        self, read: Callable[Parameters, Value], *arguments: Parameters.args, **named: Parameters.kwargs
    ) -> Value | None:
        """Return what a function reads, or None where that raises RejectedItemError, and remember the error."""
        try:
            return read(*arguments, **named)
        except RejectedItemError as error:
            self._errors += [error, *error.others]
            return None

    def end(self) -> None:
        """Raise RejectedItemError if anything was wrong."""
        raise_all(self._errors)
