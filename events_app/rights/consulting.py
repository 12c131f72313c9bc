"""Who may say what in a date consultation, by the rights of now."""

from collections.abc import Collection
from datetime import date, datetime

from events_app.config import PARTICIPATING, PARTNERS
from events_app.events.models import Event
from events_app.events.rules.table import invited_codes
from events_app.partnership.rules import Partnership
from events_app.planning.models import AMENDMENT, DIFFICULTY, OBJECTION, UNOPPOSED
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may


def codes_asked(reader: Reader, event: Event, now: datetime) -> list[str]:
    """Return the delegations of a reader that a consultation on an event asks."""
    if reader.is_public or not may(reader, Action.SEE, event, now):
        return []
    return sorted(reader.state_codes & invited_codes(event, reader.partnership))


def codes_to_answer_for(reader: Reader, event: Event, now: datetime) -> list[str]:
    """Return the delegations for which a reader, as a contact point, answers a poll or objects."""
    return [code for code in codes_asked(reader, event, now) if code in reader.contact_codes]


def reactions_offered(
    reader: Reader, code: str, event: Event, may_object: Collection[str], now: datetime
) -> tuple[str, ...]:
    """Return what a reader may say for a delegation in a no-objection procedure.

    Everybody invited may say that it is unopposed; contact points of those who may object (`may_object` names the
    roles) object or ask for an amendment, those of the others flag a difficulty.
    """
    if code not in codes_asked(reader, event, now):
        return ()
    if code not in reader.contact_codes:
        return (UNOPPOSED,)
    if objects(reader.partnership, code, may_object, now.date()):
        return (UNOPPOSED, OBJECTION, AMENDMENT)
    return (UNOPPOSED, DIFFICULTY)


def objects(facts: Partnership, code: str, may_object: Collection[str], day: date) -> bool:
    """Return whether a State may object, by the roles that may."""
    role = PARTICIPATING if code in facts.participating(day) else PARTNERS
    return role in may_object
