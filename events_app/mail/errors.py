"""What the post refuses."""

from events_app.shared.errors import DomainError


class NotAgainError(DomainError):
    """A letter that cannot be sent again; `reason` is a code of mail.rules."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the letter cannot be sent again: {reason}")
        self.reason = reason


class AddressRefusedError(DomainError):
    """An address or name that cannot stand in a header."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address!r} is no address that a letter can carry")
        self.address = address
