"""What the people part refuses."""

from datetime import date

from events_app.shared.errors import DomainError


class InvalidAddressError(DomainError):
    """A text that is no mail address."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address!r} is no mail address")
        self.address = address


class PersonKnownError(DomainError):
    """A person with this address exists already."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address} is known already")
        self.address = address


class UnknownPersonError(DomainError):
    """Nobody with this address may sign in."""

    def __init__(self, address: str) -> None:
        super().__init__(f"nobody with the address {address} may sign in")
        self.address = address


class DeadLinkError(DomainError):
    """A sign-in link that is unknown, used or too old: the three are not told apart."""

    def __init__(self) -> None:
        super().__init__("this sign-in link is unknown, used or too old")


class RoleDatesError(DomainError):
    """A role whose last day lies before its first."""

    def __init__(self, valid_from: date, valid_to: date) -> None:
        super().__init__(f"a role from {valid_from} cannot end on {valid_to}")
        self.valid_from, self.valid_to = valid_from, valid_to


class LeadDaysError(DomainError):
    """No days before an event, or too many of them; `reason` is unreadable, too-far or too-many."""

    def __init__(self, reason: str, entered: str = "") -> None:
        super().__init__(f"these are no lead times ({reason}): {entered!r}")
        self.reason = reason
        self.entered = entered


class QuietHoursError(DomainError):
    """Quiet hours that have no beginning, no end or no length; `missing` names the side (empty: both are the same)."""

    def __init__(self, missing: str) -> None:
        super().__init__(f"quiet hours without {missing or 'length'}")
        self.missing = missing
