"""What can be wrong with rules and preferences of letters, and with steps of preparation."""

from events_app.shared.errors import DomainError


class InvalidPreferenceError(DomainError):
    """This letter cannot be wanted so."""

    def __init__(self, letter: str, mode: str) -> None:
        super().__init__(f"{letter!r} cannot be wanted {mode!r}")
        self.letter = letter
        self.mode = mode


class UnfitDaysError(DomainError):
    """Days before an event that are too many or out of range."""

    def __init__(self, days: tuple[int, ...]) -> None:
        super().__init__(f"{days} are no days on which to remind")
        self.days = days


class UnknownStepError(DomainError):
    """An event has no such step."""

    def __init__(self, key: str) -> None:
        super().__init__(f"there is no step {key!r}")
        self.key = key


class InvalidStepError(DomainError):
    """What was entered of a step does not fit: the field and why, as a code."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field} of a step: {reason}")
        self.field = field
        self.reason = reason
