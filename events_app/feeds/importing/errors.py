"""What an import refuses: a whole file, or one item of it."""

from collections.abc import Sequence
from typing import Any

from events_app.shared.errors import DomainError


class UnreadableFileError(DomainError):
    """A file of which nothing can be read: a reason code, and facts for the sentence."""

    def __init__(self, reason: str, **facts: Any) -> None:
        super().__init__(f"the file cannot be read: {reason}")
        self.reason, self.facts = reason, facts


class RejectedItemError(DomainError):
    """One item that is not taken: a reason code and facts for the sentence; `others` say what else is wrong with it."""

    def __init__(self, reason: str, **facts: Any) -> None:
        super().__init__(f"the item is not taken: {reason}")
        self.reason, self.facts = reason, facts
        self.others: tuple[RejectedItemError, ...] = ()


def raise_all(errors: Sequence[RejectedItemError]) -> None:
    """Raise the first of several RejectedItemErrors, which then tells of the others too; nothing if there is none."""
    if errors:
        errors[0].others = tuple(errors[1:])
        raise errors[0]
