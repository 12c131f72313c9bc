"""Reading calendar files that strangers wrote: a scan first, then a child process within limits."""

from events_app.ics.reading.outcome import LARGE, NORMAL, ReadCalendar, ReadItem, ReadLimits, ReadProblem
from events_app.ics.reading.parent import read_calendar

__all__ = ["LARGE", "NORMAL", "ReadCalendar", "ReadItem", "ReadLimits", "ReadProblem", "read_calendar"]
