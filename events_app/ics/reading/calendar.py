"""From scanned lines to what a file holds: what the child does, free of processes."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from time import process_time

from events_app.ics.errors import UnfitComponentError, UnreadableCalendarError
from events_app.ics.reading.components import calendars_of, parts_of
from events_app.ics.reading.events import Event, Understood, problem_of, understood
from events_app.ics.reading.moments import Zones
from events_app.ics.reading.outcome import ReadCalendar, ReadItem, ReadProblem
from events_app.ics.reading.series import MOST_INSTANCES, Instance, Series, counted_out
from events_app.ics.reading.stopwatch import TimeIsUpError, at_most
from events_app.ics.reading.wording import calendar_name

SECONDS_FOR_A_SERIES = 0.25
# An honest series of few instances is counted out a hundred times faster.
SLOW_SECONDS, SLOW_INSTANCES = 0.1, 5
# One rule may be awkward by accident; a file of them is an attack.
PATIENCE = {"hostile-rule": 3, "too-many-instances": 6}


def calendar_from(lines: list[str], first: date, last: date, zone_name: str | None, most_items: int) -> ReadCalendar:
    """Return what the lines of a scanned calendar hold; recurring events have their instances of a span of days.

    No more than `most_items` instances come from the whole file. Raises UnreadableCalendarError.
    """
    calendars = calendars_of(lines)
    zones = Zones(parts_of(calendars, "VTIMEZONE"), zone_name)
    found = understood(parts_of(calendars, "VEVENT"), zones)
    reading = _Reading(found, zones, first, last, most_items)
    for uid, group in found.groups.items():
        reading.take(group, uid)
    items = sorted(reading.items, key=lambda item: item.position)
    problems = sorted(reading.problems, key=lambda problem: problem.position)
    return ReadCalendar(calendar_name(calendars), tuple(items), tuple(problems))


class _Reading:
    """The items and problems so far, and what is left of the patience with this file."""

    def __init__(self, found: Understood, zones: Zones, first: date, last: date, most_items: int) -> None:
        self.lost, self.zones, self.span, self.left = found.lost, zones, (first, last), most_items
        self.items: list[ReadItem] = []
        self.problems: list[ReadProblem] = list(found.problems)
        self.overruns: Counter[str] = Counter()

    def take(self, group: list[Event], uid: str) -> None:
        master = next((event for event in group if event.original is None), None)
        if master and master.is_recurring:
            changed = [event for event in group if event is not master]
            self._take_series(Series(master, changed, self.lost.get(uid, []), self.zones))
        else:
            self.items += [event.item(event.timing.when, event.recurrence) for event in _current(group)]

    def _take_series(self, series: Series) -> None:
        try:
            instances = self._instances(series)
        except UnfitComponentError as error:
            self._note(series.master, error)
            return
        self.left -= len(instances)
        for instance in instances:
            try:
                self.items.append(series.item(instance))
            except UnfitComponentError as error:
                self._note(series.changed.get(instance[0], series.master), error)

    def _instances(self, series: Series) -> list[Instance]:
        begun = process_time()
        try:
            with at_most(SECONDS_FOR_A_SERIES):
                instances = counted_out(series, *self.span)
        except TimeIsUpError:
            raise self._overrun("hostile-rule", series) from None
        except UnfitComponentError as error:
            raise (self._overrun(error.reason, series) if error.reason == "too-many-instances" else error) from None
        if len(instances) <= SLOW_INSTANCES and process_time() - begun > SLOW_SECONDS:
            raise self._overrun("hostile-rule", series)
        if len(instances) > self.left:
            raise self._overrun("too-many-instances", series)
        return instances

    def _overrun(self, reason: str, series: Series) -> UnfitComponentError:
        """Return the problem of a series that asks too much; raises UnreadableCalendarError for one too many."""
        self.overruns[reason] += 1
        if self.overruns[reason] > PATIENCE[reason]:
            raise UnreadableCalendarError(reason)
        return UnfitComponentError(reason, rule=series.master.component.text("RRULE")[:100], limit=str(MOST_INSTANCES))

    def _note(self, event: Event, error: UnfitComponentError) -> None:
        self.problems.append(problem_of(event.position, event.component, error))


def _current(group: list[Event]) -> Iterator[Event]:
    """Return events that do not recur, without one whose only instance has been changed."""
    starts = {event.original for event in group}
    return (event for event in group if event.original or event.timing.start not in starts)
