"""What planning refuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from events_app.events.errors import Problem
from events_app.shared.errors import DomainError


class ShadowNameError(DomainError):
    """A name that no calendar of another body can have: `empty` or `too-long`."""

    def __init__(self, reason: str, most: int) -> None:
        super().__init__(f"the name of the calendar is {reason}")
        self.reason, self.most = reason, most


class InvalidConsultationError(DomainError):
    """What no consultation, reaction or answer to a poll can be."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{p.field}: {p.reason}" for p in problems))
        self.problems = list(problems)


class ConsultationRefusedError(DomainError):
    """An event on which none can be opened: its `status`, `running` (there is one), `begun`, or `nobody` is asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"no consultation can be opened: {reason}")
        self.reason = reason


class ConsultationOverError(DomainError):
    """A consultation that takes nothing more, and what became of it."""

    def __init__(self, outcome: str) -> None:
        super().__init__(f"the consultation is {outcome}")
        self.outcome = outcome


class HolidayError(DomainError):
    """A correction of a holiday that cannot be: which field, and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"the correction of the holiday is refused: {field} {reason}")
        self.field, self.reason = field, reason


@dataclass(frozen=True)
class Relaxation:
    """One rule that stands in the way of a plan: what, of which group, and how far it would have to go (None: off)."""

    what: str
    group: str | None = None
    value: int | None = None


class PlanYearError(DomainError):
    """A year for which there is nothing to plan, and the first and last year that can be planned."""

    def __init__(self, year: int, first: int, last: int) -> None:
        super().__init__(f"years from {first} to {last} can be planned, not {year}")
        self.year, self.first, self.last = year, first, last


class UnplannedKindError(DomainError):
    """A kind of event that a year plan does not place, and those that it does."""

    def __init__(self, kind: str, kinds: Sequence[str]) -> None:
        super().__init__(f"a plan has no events of the kind {kind[:60]!r}, but of {', '.join(kinds)}")
        self.kind, self.kinds = kind, tuple(kinds)


class KindWithoutGroupError(DomainError):
    """A kind of event that this group (or `joint`) has none of."""

    def __init__(self, kind: str, group: str) -> None:
        super().__init__(f"there is no {kind} of {group[:60]!r}")
        self.kind, self.group = kind, group


class QuotaError(DomainError):
    """A number of meetings that no group can have in a year, and the largest that is tried."""

    def __init__(self, group: str, quota: int, most: int) -> None:
        super().__init__(f"the quota of the {group} group is 0 to {most}, not {quota}")
        self.group, self.quota, self.most = group, quota, most


class TooManyPinsError(DomainError):
    """More pinned dates of one sort of event than the plan has events of it."""

    def __init__(self, kind: str, groups: Sequence[str], pins: int, most: int) -> None:
        super().__init__(f"{pins} dates are pinned for {kind} ({', '.join(groups)}), and the plan has {most}")
        self.kind, self.groups, self.pins, self.most = kind, tuple(groups), pins, most


class OutsidePlanYearError(DomainError):
    """A `pin`, `ban` or `window` that does not lie in the year that is planned."""

    def __init__(self, what: str, day: date, year: int) -> None:
        super().__init__(f"the {what} {day.isoformat()} is not in {year}")
        self.what, self.day, self.year = what, day, year


class PlanWindowError(DomainError):
    """A window of a conference that ends before it begins."""

    def __init__(self, group: str, first: date, last: date) -> None:
        super().__init__(f"the window of the {group} conference begins on {first} and ends on {last}")
        self.group, self.first, self.last = group, first, last


class NoPlanError(DomainError):
    """That no choice of dates keeps all rules; `relaxations` are those of which one alone, dropped, allows a plan."""

    def __init__(self, year: int, relaxations: Sequence[Relaxation]) -> None:
        super().__init__(f"no plan of {year} keeps all rules")
        self.year, self.relaxations = year, tuple(relaxations)


class PlanChangedError(DomainError):
    """That adopting would no longer do what was shown."""


class NothingToAdoptError(DomainError):
    """A plan that is adopted already: the number of its version."""

    def __init__(self, number: str) -> None:
        super().__init__(f"the plan is version {number} already")
        self.number = number


class PastDateError(DomainError):
    """A plan with dates that have passed."""

    def __init__(self, days: Sequence[date]) -> None:
        super().__init__(f"{len(days)} planned dates have passed")
        self.days = tuple(days)
