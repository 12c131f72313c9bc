"""The tables of the events: facts they refer to, the event itself, what hangs on it."""

from events_app.events.models.attendance import (
    AGENDA_POINT,
    ANSWERS,
    ATTENDS,
    ATTENDS_ONLINE,
    DATE,
    DECLINES,
    NOT_TAKEN,
    OPEN,
    SIDE_EVENT,
    SUGGESTIONS,
    TAKEN,
    Answer,
    Invitation,
    Suggestion,
)
from events_app.events.models.event import (
    CANCELLED,
    CO_HOST,
    CONFIRMED,
    DRAFT,
    FORMATS,
    GROUP,
    HOST,
    HYBRID,
    IN_PERSON,
    ONLINE,
    PARTNERS,
    POSTPONED,
    PROPOSED,
    PUBLIC,
    SECRETARIAT,
    STATUSES,
    VISIBILITIES,
    Event,
    EventHost,
    Series,
    new_uid,
)
from events_app.events.models.kinds import GroupTopic, Kind, KindName, Topic, Venue
from events_app.events.models.programme import DOCUMENT_TYPES, AgendaItem, ArchiveYear, Document, EventChange, Lesson

__all__ = [
    "AGENDA_POINT", "ANSWERS", "ATTENDS", "ATTENDS_ONLINE", "CANCELLED", "CONFIRMED", "CO_HOST", "DATE",
    "DECLINES", "DOCUMENT_TYPES", "DRAFT", "FORMATS", "GROUP", "HOST", "HYBRID", "IN_PERSON", "NOT_TAKEN",
    "ONLINE", "OPEN", "PARTNERS", "POSTPONED", "PROPOSED", "PUBLIC", "SECRETARIAT", "SIDE_EVENT", "STATUSES",
    "SUGGESTIONS", "TAKEN", "VISIBILITIES", "AgendaItem", "Answer", "ArchiveYear", "Document", "Event",
    "EventChange", "EventHost", "GroupTopic", "Invitation", "Kind", "KindName", "Lesson", "Series", "Suggestion",
    "Topic", "Venue", "new_uid",
]  # fmt: skip
