"""What dates refuse, and the facts behind it."""

from datetime import date, time

from events_app.shared.errors import DomainError


class UnknownZoneError(DomainError):
    """A name that the tz database does not know."""

    def __init__(self, name: str) -> None:
        super().__init__(f"unknown time zone {name[:60]!r}")
        self.name = name


class SkippedTimeError(DomainError):
    """A local time that the clocks of its zone jump over on that day."""

    def __init__(self, day: date, at: time, zone_name: str) -> None:
        super().__init__(f"{day} {at:%H:%M} does not exist in {zone_name}")
        self.day, self.at, self.zone_name = day, at, zone_name


class SpanError(DomainError):
    """A year, month or week that cannot be read or lies outside the years of this calendar."""

    def __init__(self, value: object) -> None:
        super().__init__(f"no such span: {str(value)[:60]!r}")
        self.value = value


class UnknownHolidaysError(DomainError):
    """A State whose public holidays are not known."""

    def __init__(self, state_code: str) -> None:
        super().__init__(f"no public holidays known for {state_code[:60]!r}")
        self.state_code = state_code
