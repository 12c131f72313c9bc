"""What iCalendar cannot say, and the facts behind it."""

from events_app.shared.errors import DomainError


class ZoneRuleError(DomainError):
    """A zone whose changes in some of these years no yearly rule expresses; its events are written in UTC."""

    def __init__(self, zone_name: str, first_year: int, last_year: int) -> None:
        super().__init__(f"{zone_name} has no yearly rule from {first_year} to {last_year}")
        self.zone_name, self.first_year, self.last_year = zone_name, first_year, last_year
