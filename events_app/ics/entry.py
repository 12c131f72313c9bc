"""One event as a feed shows it, free of tables and of how it is written down."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from events_app.dates.wall_time import local_of

Status = Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]
Classification = Literal["PUBLIC", "PRIVATE"]


@dataclass(frozen=True)
class TimedSpan:
    """From one aware instant to another, agreed on the clocks of `zone_name` (IANA)."""

    starts_at: datetime
    ends_at: datetime
    zone_name: str

    @property
    def local_start(self) -> datetime:
        """The start as the zone's clocks show it, aware."""
        return local_of(self.starts_at, self.zone_name)

    @property
    def local_end(self) -> datetime:
        """The end as the zone's clocks show it, aware."""
        return local_of(self.ends_at, self.zone_name)


@dataclass(frozen=True)
class DaySpan:
    """Whole days, both included, wherever the reader is."""

    first: date
    last: date


@dataclass(frozen=True)
class Entry:
    """One event in one language and one degree of detail.

    `created_at` and `modified_at` are aware; the latter moves with every visible change. `language` is the
    code of the texts, `url` the event's page, `conference` the joining link, `color` a CSS3 name, `alarm` the
    time by which a reminder comes before the start.
    """

    uid: str
    sequence: int
    created_at: datetime
    modified_at: datetime
    when: TimedSpan | DaySpan
    status: Status
    summary: str
    url: str
    description: str = ""
    location: str = ""
    language: str = "en"
    categories: tuple[str, ...] = ()
    is_transparent: bool = False
    conference: str | None = None
    contact: str | None = None
    classification: Classification = "PUBLIC"
    parent_uid: str | None = None
    color: str | None = None
    alarm: timedelta | None = None

    @property
    def is_free(self) -> bool:
        """Whether the event leaves its time free; a cancelled one always does."""
        return self.is_transparent or self.status == "CANCELLED"

    @property
    def is_all_day(self) -> bool:
        """Whether the event is a span of whole days."""
        return isinstance(self.when, DaySpan)
