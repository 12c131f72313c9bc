"""What the feeds refuse."""

from events_app.shared.errors import DomainError


class UnknownFeedError(DomainError):
    """No public feed has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no feed {name!r}")
        self.name = name
