"""What the feeds refuse."""

from events_app.shared.errors import DomainError


class UnknownFeedError(DomainError):
    """No public feed has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no feed {name!r}")
        self.name = name


class InvalidChoiceError(DomainError):
    """A personal feed for which something was chosen that is not on offer: the field."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field}: not on offer")
        self.field = field


class TooManyLinksError(DomainError):
    """Somebody has as many feed links as one may have."""

    def __init__(self, most: int) -> None:
        super().__init__(f"nobody has more than {most} feed links")
        self.most = most
