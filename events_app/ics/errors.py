"""What iCalendar cannot say or may not say, and the facts behind it."""

from events_app.shared.errors import DomainError


class ZoneRuleError(DomainError):
    """A zone whose changes in some of these years no yearly rule expresses; its events are written in UTC."""

    def __init__(self, zone_name: str, first_year: int, last_year: int) -> None:
        super().__init__(f"{zone_name} has no yearly rule from {first_year} to {last_year}")
        self.zone_name, self.first_year, self.last_year = zone_name, first_year, last_year


class UnreadableCalendarError(DomainError):
    """A file that is not taken at all; `reason` is a code such as `too-large`, `facts` are short texts."""

    def __init__(self, reason: str, **facts: str) -> None:
        super().__init__(f"unreadable calendar: {reason} {facts}")
        self.reason, self.facts = reason, facts


class UnfitComponentError(DomainError):
    """One component of a file that is not taken while others are; `reason` is a code such as `unknown-zone`."""

    def __init__(self, reason: str, **facts: str) -> None:
        super().__init__(f"unfit component: {reason} {facts}")
        self.reason, self.facts = reason, facts
