"""What the events part refuses."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from events_app.shared.errors import DomainError


@dataclass(frozen=True)
class Problem:
    """One thing wrong with what somebody entered: the field, a reason code, and facts for the sentence."""

    field: str
    reason: str
    facts: dict[str, Any] = dataclasses.field(default_factory=dict)


class InvalidEventError(DomainError):
    """Details that no event can have."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{p.field}: {p.reason}" for p in problems))
        self.problems = list(problems)


class InvalidAttendanceError(DomainError):
    """What no delegation can answer or suggest."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{p.field}: {p.reason}" for p in problems))
        self.problems = list(problems)


class AnswersClosedError(DomainError):
    """An event that takes no answers and suggestions: its status, which is proposed or confirmed if it has begun."""

    def __init__(self, status: str) -> None:
        super().__init__(f"an event that is {status} takes no answers now")
        self.status = status


class SuggestionSettledError(DomainError):
    """A suggestion that was settled before, and how."""

    def __init__(self, state: str) -> None:
        super().__init__(f"the suggestion is {state} already")
        self.state = state


class StaleEventError(DomainError):
    """Somebody else saved in between: the version that was edited and the one that is stored."""

    def __init__(self, edited: int, stored: int) -> None:
        super().__init__(f"version {edited} was edited, version {stored} is stored")
        self.edited, self.stored = edited, stored


class WrongStatusError(DomainError):
    """An event whose status does not allow the step."""

    def __init__(self, step: str, status: str) -> None:
        super().__init__(f"an event that is {status} cannot be taken through {step}")
        self.step, self.status = step, status


class ReasonNeededError(DomainError):
    """A step that has to say why."""

    def __init__(self, step: str) -> None:
        super().__init__(f"{step} needs a reason")
        self.step = step


class UnfitFileError(DomainError):
    """A file that is not taken, and why: `kind`, `empty`, `too-large`, `contents`, `macros` or `too-many`."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the file is not taken: {reason}")
        self.reason = reason
