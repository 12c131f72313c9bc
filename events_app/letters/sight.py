"""What a letter about an event shows: remembered, to be asked before it goes again whether all of it still holds."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from events_app.dates.wall_time import local_of
from events_app.events.models import Event
from events_app.mail.models import OutboxMessage
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may, may_see_document

SHOWN = "shown"


def remember_what_is_shown(message: OutboxMessage, event: Event, reader: Reader, now: datetime) -> None:
    """Note in a letter's facts what its reader may see as it is written, of which version of the event, when."""
    message.facts = {**message.facts, SHOWN: _in_sight(event, reader, now)}


def no_longer_holds(message: OutboxMessage, event: Event, reader: Reader, now: datetime) -> bool:
    """Return whether a written letter holds what its reader may no longer see, or tells of another day or place."""
    shown, in_sight = message.facts.get(SHOWN), _in_sight(event, reader, now)
    if shown is None:
        return True
    has_other_link = shown["joining_link"] not in ("", in_sight["joining_link"])
    has_steps = shown.get("steps", False) and not in_sight["steps"]
    is_of_before = any(shown.get(name) != in_sight[name] for name in ("sequence", "day"))
    has_documents = not set(shown["documents"]) <= set(in_sight["documents"])
    return is_of_before or has_other_link or has_steps or has_documents


def _in_sight(event: Event, reader: Reader, now: datetime) -> dict[str, Any]:
    link = event.joining_link if may(reader, Action.SEE_JOINING_LINK, event, now) else ""
    return {
        "documents": [document.id for document in event.documents if may_see_document(reader, document, event, now)],
        "joining_link": sha256(link.encode()).hexdigest()[:16] if link else "",
        "steps": may(reader, Action.EDIT, event, now),
        "sequence": event.sequence,
        "day": local_of(now, event.time_zone).date().isoformat(),
    }
