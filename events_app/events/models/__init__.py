"""The tables of the events: facts they refer to, the event itself, what hangs on it."""

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
from events_app.events.models.programme import DOCUMENT_TYPES, AgendaItem, ArchiveYear, Document, EventChange

__all__ = [
    "CANCELLED", "CONFIRMED", "CO_HOST", "DOCUMENT_TYPES", "DRAFT", "FORMATS", "GROUP", "HOST", "HYBRID", "IN_PERSON",
    "ONLINE", "PARTNERS", "POSTPONED", "PROPOSED", "PUBLIC", "SECRETARIAT", "STATUSES", "VISIBILITIES", "AgendaItem",
    "ArchiveYear", "Document", "Event", "EventChange", "EventHost", "GroupTopic", "Kind", "KindName", "Series", "Topic",
    "Venue", "new_uid",
]  # fmt: skip
