"""The tables of planning: calendars of other bodies, holidays, plans, date consultations."""

from events_app.planning.models.consultations import (
    AMENDMENT,
    BREAKING,
    CONSULTATIONS,
    DIFFICULTY,
    IF_NEED_BE,
    NO,
    NO_OBJECTION,
    OBJECTION,
    POLL,
    POLL_ANSWERS,
    REACTIONS,
    UNOPPOSED,
    YES,
    Consultation,
    PollAnswer,
    PollOption,
    Reaction,
)
from events_app.planning.models.holidays import HolidayCorrection, HolidayYear, StoredHoliday
from events_app.planning.models.plans import AcceptedClash, PlanVersion
from events_app.planning.models.shadows import Shadow, ShadowCalendar

__all__ = [
    "AMENDMENT", "BREAKING", "CONSULTATIONS", "DIFFICULTY", "IF_NEED_BE", "NO", "NO_OBJECTION", "OBJECTION", "POLL",
    "POLL_ANSWERS", "REACTIONS", "UNOPPOSED", "YES", "AcceptedClash", "Consultation", "HolidayCorrection",
    "HolidayYear", "PlanVersion", "PollAnswer", "PollOption", "Reaction", "Shadow", "ShadowCalendar", "StoredHoliday",
]  # fmt: skip
