"""Wall time and instants: what a clock on a wall shows, and when that is."""

from datetime import UTC, date, datetime, time, timedelta

from events_app.dates.errors import SkippedTimeError
from events_app.dates.spans import checked_year
from events_app.dates.zones import zone


def instant_of(day: date, at: time, zone_name: str, fold: int = 0) -> datetime:
    """Return the aware UTC instant of a local time; `fold=1` is the second pass of a repeated hour.

    Raises SkippedTimeError where it does not exist, UnknownZoneError, and SpanError outside 1973 to 2100.
    """
    local = _local(day, at, zone_name, fold)
    instant = local.astimezone(UTC)
    if instant.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise SkippedTimeError(day, at, zone_name)
    return instant


def is_repeated(day: date, at: time, zone_name: str) -> bool:
    """Tell whether a local time happens twice because the clocks are put back."""
    first, second = (_local(day, at, zone_name, fold).astimezone(UTC) for fold in (0, 1))
    return first < second


def local_of(instant: datetime, zone_name: str) -> datetime:
    """Return an aware instant as the aware local time of a zone; raises UnknownZoneError."""
    return instant.astimezone(zone(zone_name))


def day_bounds(first: date, last: date, zone_name: str) -> tuple[datetime, datetime]:
    """Return the UTC instants at which `first` begins and `last` (inclusive) ends in a zone.

    Where midnight does not exist a day begins when the clocks jump; where it happens twice, at the first.
    """
    checked_year(first.year)
    checked_year(last.year)
    return _start_of(first, zone_name), _start_of(last + timedelta(days=1), zone_name)


def _local(day: date, at: time, zone_name: str, fold: int) -> datetime:
    checked_year(day.year)
    return datetime.combine(day, at.replace(tzinfo=zone(zone_name), fold=fold))


def _start_of(day: date, zone_name: str) -> datetime:
    # Clocks that skip midnight have jumped at midnight in every year of this calendar, and fold 0 reads a
    # skipped time by the clock before the jump: the answer is the jump itself.
    return datetime.combine(day, time(tzinfo=zone(zone_name))).astimezone(UTC)
