"""The times of a file: days, and local times in a zone of the tz database that the file does not contradict."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from events_app.dates.errors import SkippedTimeError, SpanError
from events_app.dates.wall_time import instant_of, local_of
from events_app.dates.zones import UTC_NAME
from events_app.ics.errors import UnfitComponentError
from events_app.ics.reading.components import Component, Property
from events_app.ics.reading.observances import ObscureZoneError, Observance, claimed_offset, observances_of
from events_app.ics.reading.wording import unescaped
from events_app.ics.reading.zone_names import zone_name_of

_DAY = re.compile("[0-9]{8}")
_TIME = re.compile("([0-9]{8}T[0-9]{6})(Z?)")


@dataclass(frozen=True)
class Moment:
    """A local time in a zone, or a whole day; `local` knows no zone, `zone_id` is the file's name for it."""

    local: datetime | date
    zone_name: str = UTC_NAME
    zone_id: str = UTC_NAME

    @property
    def is_day(self) -> bool:
        """Whether it is a whole day."""
        return not isinstance(self.local, datetime)


class Zones:
    """The zones of one file, and the zone that a person named for times that have none or an unknown one."""

    def __init__(self, definitions: Iterable[Component], named: str | None) -> None:
        self.named = named
        self.definitions: dict[str, list[tuple[Observance, ...] | None]] = {}
        for definition in definitions:
            self.definitions.setdefault(unescaped(definition.text("TZID")).strip(), []).append(_observances(definition))

    def moment(self, line: Property) -> Moment:
        """Return the moment that a property with one value names; raises UnfitComponentError."""
        return self.moment_of(line.value.strip(), line)

    def moment_of(self, text: str, line: Property) -> Moment:
        """Return the moment that one of the values of a property names; raises UnfitComponentError."""
        if _DAY.fullmatch(text):
            return Moment(_parsed(text, "%Y%m%d").date())
        match = _TIME.fullmatch(text)
        if not match or line.parameters.get("VALUE", "").upper() == "DATE":
            raise UnfitComponentError("bad-time", time=text[:60])
        local = _parsed(match[1], "%Y%m%dT%H%M%S")
        if match[2]:
            return Moment(local)
        zone_id = line.parameters.get("TZID", "").strip()
        return Moment(local, self._zone_name(zone_id), zone_id)

    def instant(self, moment: Moment) -> datetime:
        """Return the aware UTC instant of a local time, of a repeated one the first; raises UnfitComponentError."""
        assert isinstance(moment.local, datetime)
        try:
            instant = instant_of(moment.local.date(), moment.local.time(), moment.zone_name)
        except (SkippedTimeError, SpanError):
            raise UnfitComponentError("bad-time", time=moment.local.isoformat(), zone=moment.zone_name) from None
        self._compare(moment, moment.local - instant.replace(tzinfo=None))
        return instant

    def local_in(self, zone_name: str, moment: Moment) -> datetime:
        """Return a moment as the clocks of another zone show it, without zone; raises UnfitComponentError."""
        assert isinstance(moment.local, datetime)
        if moment.zone_name == zone_name:
            return moment.local
        return local_of(self.instant(moment), zone_name).replace(tzinfo=None)

    def _zone_name(self, zone_id: str) -> str:
        found = zone_name_of(zone_id) if zone_id else None
        if found or self.named:
            return found or str(self.named)
        if zone_id:
            raise UnfitComponentError("unknown-zone", zone=zone_id[:60])
        raise UnfitComponentError("needs-time-zone")

    def _compare(self, moment: Moment, offset: timedelta) -> None:
        assert isinstance(moment.local, datetime)
        for definition in self.definitions.get(moment.zone_id, ()):
            if definition is None or _claim(definition, moment.local) != offset:
                raise UnfitComponentError("zone-differs", zone=moment.zone_id[:60], time=moment.local.isoformat())


def utc_of(instant: datetime) -> str:
    """Return an instant in ISO form in UTC."""
    return instant.astimezone(UTC).isoformat()


def _observances(definition: Component) -> tuple[Observance, ...] | None:
    try:
        return observances_of(definition)
    except ObscureZoneError:
        return None


def _claim(definition: tuple[Observance, ...], local: datetime) -> timedelta | None:
    try:
        return claimed_offset(definition, local)
    except ObscureZoneError:
        return None


def _parsed(text: str, form: str) -> datetime:
    try:
        return datetime.strptime(text, form)  # noqa: DTZ007  (wall time by design)
    except ValueError:
        raise UnfitComponentError("bad-time", time=text[:60]) from None
