"""What the partnership refuses."""

from datetime import date

from events_app.shared.errors import DomainError


class UnknownGroupError(DomainError):
    """No Contact Group has this key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"there is no group {key!r}")
        self.key = key


class UnknownStateError(DomainError):
    """No State has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"there is no State {code!r}")
        self.code = code


class GroupNotFoundedError(DomainError):
    """The group did not exist yet on that day."""

    def __init__(self, key: str, since: date, day: date) -> None:
        super().__init__(f"the {key} group exists since {since.isoformat()}, not yet on {day.isoformat()}")
        self.key, self.since, self.day = key, since, day


class ChairmanshipError(DomainError):
    """An entry of the roster that cannot be: the field and a reason code."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason
