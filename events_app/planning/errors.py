"""What planning refuses."""

from events_app.shared.errors import DomainError


class ShadowNameError(DomainError):
    """A name that no calendar of another body can have: `empty` or `too-long`."""

    def __init__(self, reason: str, most: int) -> None:
        super().__init__(f"the name of the calendar is {reason}")
        self.reason, self.most = reason, most
