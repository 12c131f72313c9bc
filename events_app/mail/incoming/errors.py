"""What cannot be read of a mail."""

from events_app.shared.errors import DomainError


class UnreadableMailError(DomainError):
    """A mail that is set aside; `reason` is a code such as `too-deep`."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"unreadable mail: {reason}")
        self.reason = reason
