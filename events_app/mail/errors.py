"""What the post refuses."""

from events_app.shared.errors import DomainError


class AddressRefusedError(DomainError):
    """An address or name that cannot stand in a header."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address!r} is no address that a letter can carry")
        self.address = address
